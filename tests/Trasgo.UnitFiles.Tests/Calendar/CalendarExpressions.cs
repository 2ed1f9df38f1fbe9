using System.Globalization;
using System.Text;

namespace Trasgo.UnitFiles.Tests.Calendar;

/// <summary>Makes up calendar expressions: every part of the grammar, in the forms that people write and in stranger ones.</summary>
internal sealed class CalendarExpressions(int seed)
{
    private static readonly string[] s_words =
    [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "annually", "Mon", "Sat,Sun", "Mon..Fri",
    ];

    private static readonly string[] s_days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "friday"];

    private static readonly string[] s_zones =
    [
        "UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "Etc/GMT-5", "Europe/Dublin",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        if (OneIn(12))
        {
            return Any(s_words) + Zone();
        }

        if (OneIn(40))
        {
            return "@" + _random.NextInt64(0, 5_000_000_000L).ToString(CultureInfo.InvariantCulture);
        }

        var parts = new List<string>();
        if (OneIn(3))
        {
            parts.Add(Weekdays());
        }

        var hasDate = OneIn(2);
        if (hasDate)
        {
            parts.Add(Date());
        }

        if (parts.Count == 0 || OneIn(2) || !hasDate)
        {
            parts.Add(Time());
        }

        return string.Join(' ', parts) + Zone();
    }

    private string Zone() => OneIn(6) ? " " + Any(s_zones) : "";

    private string Weekdays()
    {
        var first = _random.Next(7);
        return _random.Next(3) switch
        {
            0 => s_days[first],
            1 => $"{s_days[first]}..{s_days[_random.Next(first, 7)]}",
            _ => $"{s_days[first]},{Any(s_days)}",
        };
    }

    private string Date()
    {
        var sign = OneIn(4) ? "~" : "-";

        // systemd takes three days less for each further part of a list that counts from the end of the month; such lists are not compared.
        var day = sign == "~" ? Chain(1, 19, 2) : Chain(1, 31, 2);
        var month = Chain(1, 12, 2);
        return OneIn(2) ? $"{month}{sign}{day}" : $"{Year()}-{month}{sign}{day}";
    }

    private string Year() => OneIn(2) ? "*" : Chain(2020, 2060, 4);

    private string Time()
    {
        var time = Chain(0, 23, 2) + ":" + Chain(0, 59, 2);
        return OneIn(3) ? time + ":" + Seconds() : time;
    }

    private string Seconds() => _random.Next(5) switch
    {
        0 => Chain(0, 59, 2),
        1 => $"{_random.Next(60)}.{_random.Next(1_000_000):D6}",
        2 => $"{_random.Next(10)}.5/{1 + _random.Next(20)}.25",
        3 => $"{_random.Next(20)}..{20 + _random.Next(40)}/{1 + _random.Next(9)}",
        _ => "*",
    };

    private string Chain(int least, int most, int width)
    {
        if (OneIn(3))
        {
            return "*";
        }

        var text = new StringBuilder();
        var count = OneIn(4) ? _random.Next(2, 5) : 1;
        for (var i = 0; i < count; i++)
        {
            var start = _random.Next(least, most + 1);
            text.Append(i > 0 ? "," : "").Append(start.ToString(CultureInfo.InvariantCulture).PadLeft(OneIn(2) ? width : 1, '0'));
            if (OneIn(4))
            {
                text.Append(CultureInfo.InvariantCulture, $"..{_random.Next(start, most + 1)}");
            }

            if (OneIn(5))
            {
                text.Append(CultureInfo.InvariantCulture, $"/{_random.Next(1, most - least)}");
            }
        }

        return text.ToString();
    }

    private bool OneIn(int count) => _random.Next(count) == 0;

    private string Any(string[] choices) => choices[_random.Next(choices.Length)];
}
