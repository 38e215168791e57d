#!/bin/bash
# Gradescope: runs once, as root, when the image is built. A JDK is all that is needed.
set -euo pipefail
if ! javac -version 2>&1 | grep -Eq '^javac (1[7-9]|[2-9][0-9])'; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        openjdk-17-jdk-headless
fi
