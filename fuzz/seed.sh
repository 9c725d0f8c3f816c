#!/usr/bin/env bash
# What fuzzing begins with: the scenarios of the tests and the program's own files, in fuzz/seeds.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x target/release/alliance ] || cargo build --release --locked --quiet
alliance=target/release/alliance
seeds=fuzz/seeds
rm -rf "$seeds"
mkdir -p "$seeds"/{scenario,set,condition,csv,workbook,commission,manifest,part,checkpoint,programmes,actuals,futures}
for kind in bad good odd; do
    for file in tests/$kind/*.toml; do cp "$file" "$seeds/scenario/$kind-$(basename "$file")"; done
done
cp tests/bare.toml "$seeds/scenario/"
cp scenarios/*.toml "$seeds/scenario/"
cp tests/bad/data/*.csv scenarios/data/*.csv "$seeds/csv/"
cp scenarios/what-ifs/*.toml "$seeds/commission/"
cp scenarios/data/programmes.csv "$seeds/programmes/"
cp scenarios/actuals/*.csv "$seeds/actuals/"
printf '%s' 'npv < 0 and not (payback is missing or saving_cashable[2028/29] >= 2)' > "$seeds/futures/npv"
printf '%s' 'alliance.K.slip=1.2' > "$seeds/set/number"
printf '%s' 'alliance.K.slip={ lognormal = { median = 1.5, p90 = 2.2 } }' > "$seeds/set/table"
printf '%s' 'alliance.K.area."Road traffic".approve=0.7' > "$seeds/set/area"
printf '%s' 'alliance.K.area=[]' > "$seeds/set/whole"
printf '%s' 'npv < 0' > "$seeds/condition/npv"
printf '%s' 'force.A.npv >= 1.5e0' > "$seeds/condition/force"
for template in two-force standalone; do
    rm -f "$seeds/workbook/$template.xlsx"
    "$alliance" new "$template" --xlsx --out "$seeds/workbook/$template.xlsx" > /dev/null
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$alliance" run tests/bare.toml --trials 500 --no-charts --out "$work/run" > /dev/null 2>&1
cp "$work/run/manifest.json" "$seeds/manifest/run"
"$alliance" shard tests/bare.toml --trials 500 --part 1/2 --out "$work/one.part" > /dev/null 2>&1
cp "$work/one.part" "$seeds/part/one"
cp "$work/one.part" "$seeds/checkpoint/part"
