"""The five articles onrecord starts with, and what is known of each: data only."""
