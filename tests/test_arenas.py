"""Memory of a server's threads comes from few arenas."""

import subprocess
import sys

import pytest

from ui.arenas import FEW

COUNTED = """
import ctypes, sys, threading
from ui.arenas import keep_few_arenas
if sys.argv[1] == "few" and not keep_few_arenas():
    sys.exit(3)
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
together = threading.Barrier(12)
def take():
    together.wait()
    for _ in range(200):
        libc.malloc(50_000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(12)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
file = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
print(open(sys.argv[2]).read().count("<heap nr="))
"""


def arenas(how: str, path: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, how, path], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode == 3:
        pytest.skip("this C library has no mallopt")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="arenas are glibc's")
def test_twelve_threads_share_few_arenas(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = str(tmp_path_factory.mktemp("arenas") / "info.xml")
    assert arenas("few", told) <= FEW < arenas("many", told)
