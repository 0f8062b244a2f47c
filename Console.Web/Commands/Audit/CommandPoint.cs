using System.Globalization;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>Where a range begins or ends: a time of sealing, or the index of a leaf.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Index">From 0.</param>
internal readonly record struct CommandPoint(DateTimeOffset? Time, long? Index)
{
    /// <summary>What is legal, for messages.</summary>
    public const string Legal = "a date (2026-03-01, midnight UTC), a time with its offset (2026-03-01T09:30:00Z), or the index of a leaf (12404)";

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out CommandPoint point)
    {
        point = default;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            point = new CommandPoint(null, index);
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            point = new CommandPoint(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), null);
            return true;
        }

        // Seconds may be left out: people type times.
        var whole = text.Length > 16 && text[10] is 'T' or 't' or ' ' && text.AsSpan(16) is ['Z' or 'z' or '+' or '-', ..] ? text.Insert(16, ":00") : text;
        if (AuditTime.TryParse(whole, out var time))
        {
            point = new CommandPoint(time, null);
            return true;
        }

        return false;
    }

    /// <summary>Reads the two ends of a range; a mistake is a sentence.</summary>
    public static (CommandPoint From, CommandPoint To) Range(string? from, string? to, List<string> mistakes)
    {
        CommandPoint start = default, end = default;
        if (from is not null && !TryParse(from, out start))
        {
            mistakes.Add($"--from '{from}' is not usable. Legal: {Legal}.");
        }

        if (to is not null && !TryParse(to, out end))
        {
            mistakes.Add($"--to '{to}' is not usable. Legal: {Legal}.");
        }

        if ((start.Time is not null && end.Index is not null) || (start.Index is not null && end.Time is not null))
        {
            mistakes.Add("--from and --to are a time and an index. Give two times or two indices.");
        }
        else if (start.Time >= end.Time || start.Index >= end.Index)
        {
            mistakes.Add($"--from '{from}' is not before --to '{to}', which is not part of the range.");
        }

        return (start, end);
    }
}
