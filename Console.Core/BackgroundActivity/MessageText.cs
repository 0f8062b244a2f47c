using System.Text;
using System.Text.Json;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The text of an entry: <c>textPayload</c>, or of a <c>jsonPayload</c> what loggers call the message
/// (<c>message</c>, <c>msg</c>, <c>event</c>, <c>text</c>), or the whole payload.
/// </summary>
internal static class MessageText
{
    private const int LongestText = 2000;

    private static readonly byte[][] MessageNames = ["message"u8.ToArray(), "msg"u8.ToArray(), "event"u8.ToArray(), "text"u8.ToArray()];

    /// <summary>The text, at most 2,000 characters; empty for an entry without any or one that is not JSON.</summary>
    public static string Of(ReadOnlySpan<byte> entry)
    {
        try
        {
            return Read(entry);
        }
        catch (JsonException)
        {
            return "";
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-8 or UTF-16.
            return "";
        }
    }

    /// <summary>The text of an entry of a table, read through a buffer that the caller keeps for the next one.</summary>
    public static string Of(LogTable table, EntryRef reference, ref byte[] buffer) => Of(table.Peek(reference, ref buffer));

    private static string Read(ReadOnlySpan<byte> entry)
    {
        var reader = new Utf8JsonReader(entry, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("textPayload"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.String ? Cut(reader.GetString()) : "";
            }

            if (reader.ValueTextEquals("jsonPayload"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.StartObject ? OfPayload(ref reader, entry) : "";
            }

            reader.Skip();
        }

        return "";
    }

    private static string OfPayload(ref Utf8JsonReader reader, ReadOnlySpan<byte> entry)
    {
        var begin = (int)reader.TokenStartIndex;
        string? best = null;
        var bestRank = MessageNames.Length;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var rank = RankOf(ref reader);
            reader.Read();
            if (rank < bestRank && reader.TokenType == JsonTokenType.String)
            {
                best = reader.GetString();
                bestRank = rank;
            }
            else
            {
                reader.Skip();
            }
        }

        return Cut(best ?? Encoding.UTF8.GetString(entry[begin..(int)reader.BytesConsumed]));
    }

    private static int RankOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < MessageNames.Length; i++)
        {
            if (reader.ValueTextEquals(MessageNames[i]))
            {
                return i;
            }
        }

        return MessageNames.Length;
    }

    private static string Cut(string? text) => text is null ? "" : (text.Length <= LongestText ? text : text[..LongestText]);
}
