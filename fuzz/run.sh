#!/usr/bin/env bash
# Machines look for faults: every target for so many seconds (60 unless told otherwise), from the seeds kept beside it.
# Needs cargo-fuzz and a nightly compiler: cargo install cargo-fuzz; rustup toolchain install nightly.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(scenario set condition csv workbook commission manifest part checkpoint programmes actuals futures)
bash fuzz/seed.sh
# Without a sanitizer: the program has no unsafe code but what chooses the instruction set, and panics are what is looked for.
cargo +nightly fuzz build --sanitizer none
built=fuzz/target/x86_64-unknown-linux-gnu/release
failed=0
for target in "${targets[@]}"; do
    echo "== $target, $seconds s"
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    "$built/$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -artifact_prefix="fuzz/artifacts/$target/" \
        -max_total_time="$seconds" -max_len=100000 -timeout=20 -rss_limit_mb=2048 -close_fd_mask=3 -print_final_stats=1 ||
        { failed=1; echo "!! $target failed; see fuzz/artifacts/$target"; }
done
exit $failed
