"""The faces: command line, chat in the browser, HTTP API and MCP."""
