"""Many readers at once, over loopback, of a real server with its processes.

To read it in order:

1. `questions`  what the readers ask for, drawn from the titles of the index
2. `processor`  what a single request takes of the processor
3. `server`     the server, the memory of its processes, and changes of its index
4. `readers`    who asks, one after the other as fast as answers come, and what they saw
5. `__main__`   the command, and its report
"""
