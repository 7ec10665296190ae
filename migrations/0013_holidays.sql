-- Days that differ from the week: off on a weekday, or worked on a Saturday or Sunday in exchange for one.
CREATE TABLE holiday (
  day        date PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('off', 'worked')),
  name_vi    text NOT NULL,
  name_en    text NOT NULL,
  source     text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Labour Code 45/2019/QH14 art. 112(1) names the days; art. 111(3) gives the next working day for one that meets the
-- weekly rest; art. 112(3) leaves the days around the New Year and National Day to the Prime Minister each year. What is
-- only decided year by year is written where it is known; an officer completes the calendar. A day that is missing here
-- makes a due time earlier, never later.
INSERT INTO holiday (day, kind, name_vi, name_en, source, changed_by, changed_at)
SELECT d.day::date, 'off', d.name_vi, d.name_en, d.source, 'migration', now()
FROM (VALUES
  ('2026-01-01', 'Tết Dương lịch', 'New Year''s Day', 'Labour Code 45/2019 art. 112(1)(a)'),
  ('2026-02-16', 'Tết Nguyên đán Bính Ngọ', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b), (3); notice of 14 to 22 February 2026'),
  ('2026-02-17', 'Tết Nguyên đán Bính Ngọ', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b), (3); notice of 14 to 22 February 2026'),
  ('2026-02-18', 'Tết Nguyên đán Bính Ngọ', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b), (3); notice of 14 to 22 February 2026'),
  ('2026-02-19', 'Tết Nguyên đán Bính Ngọ', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b), (3); notice of 14 to 22 February 2026'),
  ('2026-02-20', 'Tết Nguyên đán Bính Ngọ', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b), (3); notice of 14 to 22 February 2026'),
  ('2026-04-26', 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', 'Hùng Kings'' Day (3rd lunar month, 10th day)', 'Labour Code 45/2019 art. 112(1)(e)'),
  ('2026-04-27', 'Nghỉ bù Giỗ Tổ Hùng Vương', 'In lieu of Hùng Kings'' Day', 'Labour Code 45/2019 art. 111(3)'),
  ('2026-04-30', 'Ngày Chiến thắng', 'Victory Day', 'Labour Code 45/2019 art. 112(1)(c)'),
  ('2026-05-01', 'Ngày Quốc tế lao động', 'International Labour Day', 'Labour Code 45/2019 art. 112(1)(d)'),
  ('2026-09-01', 'Quốc khánh (ngày liền kề)', 'National Day (the day beside)', 'Labour Code 45/2019 art. 112(1)(đ), (3)'),
  ('2026-09-02', 'Quốc khánh', 'National Day', 'Labour Code 45/2019 art. 112(1)(đ)'),
  ('2027-01-01', 'Tết Dương lịch', 'New Year''s Day', 'Labour Code 45/2019 art. 112(1)(a)'),
  ('2027-02-05', 'Tết Nguyên đán Đinh Mùi (29 tháng Chạp)', 'Lunar New Year''s Eve', 'Labour Code 45/2019 art. 112(1)(b); first day on 6 February 2027'),
  ('2027-02-06', 'Tết Nguyên đán Đinh Mùi (mùng 1)', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b)'),
  ('2027-02-07', 'Tết Nguyên đán Đinh Mùi (mùng 2)', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b)'),
  ('2027-02-08', 'Tết Nguyên đán Đinh Mùi (mùng 3)', 'Lunar New Year', 'Labour Code 45/2019 art. 112(1)(b)'),
  ('2027-02-09', 'Nghỉ bù Tết Nguyên đán', 'In lieu of the Lunar New Year', 'Labour Code 45/2019 art. 111(3)'),
  ('2027-02-10', 'Nghỉ bù Tết Nguyên đán', 'In lieu of the Lunar New Year', 'Labour Code 45/2019 art. 111(3)'),
  ('2027-04-16', 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', 'Hùng Kings'' Day (3rd lunar month, 10th day)', 'Labour Code 45/2019 art. 112(1)(e)'),
  ('2027-04-30', 'Ngày Chiến thắng', 'Victory Day', 'Labour Code 45/2019 art. 112(1)(c)'),
  ('2027-05-01', 'Ngày Quốc tế lao động', 'International Labour Day', 'Labour Code 45/2019 art. 112(1)(d)'),
  ('2027-05-03', 'Nghỉ bù Ngày Quốc tế lao động', 'In lieu of Labour Day', 'Labour Code 45/2019 art. 111(3)'),
  ('2027-09-02', 'Quốc khánh', 'National Day', 'Labour Code 45/2019 art. 112(1)(đ)'),
  ('2027-09-03', 'Quốc khánh (ngày liền kề)', 'National Day (the day beside)', 'Labour Code 45/2019 art. 112(1)(đ), (3)')
) AS d (day, name_vi, name_en, source);
