"""What those who run the application need of it, and what keeps it running.

To read it in order:

1. `deadline`      how long the searches of a request may take
2. `limits`        how long a query may be, and how many requests one reader may make
3. `compression`   answers in fewer bytes
4. `request_log`   one line of JSON for each request
5. `health`        whether the process lives, and whether it can answer
6. `warming`       what is slow once, done before the first reader comes
7. `metrics`       the same, and more, in numbers for Prometheus
"""
