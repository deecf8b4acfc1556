"""What serving costs: each kind of request beside a bare Flask endpoint under the same server, in the same run."""
