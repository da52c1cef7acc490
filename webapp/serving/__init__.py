"""The servers behind `timbao serve` and `timbao demo`.

To read it in order:

1. `sockets`     the address, bound before anything is started, so that a taken port is told
2. `processes`   gunicorn: several processes, which share the mapped files of the index
3. `threads`     waitress: one process, where there is no `fork` (Windows)
4. `server`      takes the one that this system has, and serves until told to stop
"""
