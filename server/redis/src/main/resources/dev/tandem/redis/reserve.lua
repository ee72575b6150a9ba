-- Takes of every limit or of none. KEYS: one a limit. ARGV: now or -1, id, lease in ms, then of each limit: parts (0: at once), part in
-- ms, most, amount. Returns 1 or 0, now, then of each limit: remaining, reset, retry.

local id, lease = ARGV[2], tonumber(ARGV[3])
local windows, levels, refused = {}, {}, false

local function argument(i, n)
  return tonumber(ARGV[3 + (i - 1) * 4 + n])
end

local function retry(w, over)
  local freed = 0
  for i = w.oldest, w.now do
    freed = freed + (redis.call('HGET', w.key, text(i)) or 0)
    if freed >= over then
      return finish(w, i)
    end
  end
  return w.parts * w.part
end

local function level(i, more)
  local parts, most = argument(i, 1), argument(i, 3)
  if parts == 0 then
    local left = most - held(KEYS[i])
    return {math.max(0, left), 0, left < more and 1000 or 0}
  end
  local w = windows[i]
  local over = w.sum + more - most
  return {math.max(0, most - w.sum), w.sum > 0 and finish(w, w.last) or 0, more > 0 and over > 0 and retry(w, over) or 0}
end

for i, key in ipairs(KEYS) do
  if argument(i, 1) > 0 then
    windows[i] = window(key, argument(i, 1), argument(i, 2))
  end
  levels[i] = level(i, argument(i, 4))
  refused = refused or levels[i][3] > 0
end

if not refused then
  for i, key in ipairs(KEYS) do
    if windows[i] then
      add(windows[i], argument(i, 4))
    else
      hold(key, id, lease)
    end
    levels[i] = level(i, 0)
  end
end

local answer = {refused and 0 or 1, now}
for _, one in ipairs(levels) do
  for _, number in ipairs(one) do
    answer[#answer + 1] = number
  end
end
return answer
