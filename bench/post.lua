-- For wrk: posts a plan of a themed party day, each for another unit or day, and counts the answers.
--   wrk … -s post.lua URL -- TOKEN FILE_OF_UNITS FIRST_SERIAL RUN
-- The last line of the output is one JSON object.
local threads = {}

function setup(thread)
  thread:set("thread_number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  units = {}
  for unit in io.lines(arguments[2]) do table.insert(units, unit) end
  -- Each thread counts in a range of its own.
  serial = tonumber(arguments[3]) + thread_number * 1000000
  run = arguments[4]
  created, other, example = 0, 0, ""
  headers = {
    ["Authorization"] = "Bearer " .. arguments[1],
    ["Content-Type"] = "application/json",
  }
end

local first_day = 4102444800 -- 2100-01-01

function request()
  local unit = units[serial % #units + 1]
  local day = first_day + math.floor(serial / #units) * 86400
  headers["Idempotency-Key"] = string.format("bench-%s-%010d", run, serial)
  serial = serial + 1
  return wrk.format("POST", "/api/v1/records", headers, string.format(
    '{"types":["core/theme_party_day"],"units":["%s"],"date":"%s"}',
    unit, os.date("!%Y-%m-%d", day)))
end

function response(status, _, body)
  if status == 201 then
    created = created + 1
  else
    other = other + 1
    example = status .. " " .. body
  end
end

function done(summary, latency)
  local created, other, example = 0, 0, ""
  for _, thread in ipairs(threads) do
    created = created + thread:get("created")
    other = other + thread:get("other")
    if thread:get("example") ~= "" then example = thread:get("example") end
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout
  if example ~= "" then io.stderr:write(example, "\n") end
  print(string.format(
    '{"created":%d,"other":%d,"errors":%d,"us":%d,"p50_us":%d,"p99_us":%d}',
    created, other, errors, summary.duration, latency:percentile(50), latency:percentile(99)))
end
