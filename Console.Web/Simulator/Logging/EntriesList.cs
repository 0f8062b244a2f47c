using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging.Filter;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// entries:list (google/logging/v2/logging.proto). An entry is seen only from its receiveTimestamp on. A call that has looked
/// at many entries answers with what it found, which can be nothing, and a token: "the search … did not have time".
/// </summary>
internal sealed class EntriesList(LogStore store, TimeProvider time, LoggingOptions options, ReadQuota quota)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private int scanBudget = options.ScanBudget;

    /// <summary>See <see cref="LoggingOptions.ScanBudget"/>.</summary>
    public int ScanBudget
    {
        get => Volatile.Read(ref scanBudget);
        set => Volatile.Write(ref scanBudget, value);
    }

    public IResult Answer(JsonObject body)
    {
        var (request, error) = EntriesListRequest.Read(body, options);
        if (request is null)
        {
            return error!.ToResult();
        }

        if (!quota.TryTake())
        {
            return ApiError.ReadQuota(options.ProjectNumber, quota.PerMinute).ToResult();
        }

        FilterMatcher matcher;
        try
        {
            matcher = new FilterMatcher(FilterParser.Parse(request.Filter));
        }
        catch (FilterSyntaxException e)
        {
            return ApiError.InvalidArgument(e.Message).ToResult();
        }

        var now = time.GetUtcNow();
        PageToken? after = null;
        if (request.PageToken.Length > 0 && !PageToken.TryRead(request.PageToken, request.Parameters, now, out after))
        {
            return ApiError.InvalidArgument("page_token doesn't match arguments from the request, or is expired.").ToResult();
        }

        var (found, next) = Search(request, matcher, after, now);
        return Results.Bytes(Print(found, next?.Print(request.Parameters, now)), "application/json; charset=UTF-8");
    }

    private (List<LogRecord> Found, PageToken? Next) Search(
        EntriesListRequest request, FilterMatcher matcher, PageToken? after, DateTimeOffset now)
    {
        var visible = EntryTime.FromDateTimeOffset(now);
        var (from, to) = (matcher.Bounds.From, matcher.Bounds.To);
        LogRecord? position = null;
        if (after is not null)
        {
            (from, to) = request.NewestFirst ? (from, Math.Min(to, after.Timestamp)) : (Math.Max(from, after.Timestamp), to);
            position = new LogRecord
            {
                Timestamp = after.Timestamp,
                Received = 0,
                InsertId = after.InsertId,
                LogName = after.LogName,
                Resource = new LogResource("", []),
            };
        }

        var found = new List<LogRecord>();
        var budget = Budget(after);
        LogRecord? last = null;
        LogRecord? lastFound = null;
        var more = false;
        if (from > to)
        {
            return (found, null);
        }

        store.Visit(from, to, request.NewestFirst, record =>
        {
            if (position is not null && LogRecord.Compare(record, position) is var order && (request.NewestFirst ? order >= 0 : order <= 0))
            {
                return true;
            }

            if (budget-- == 0)
            {
                more = true;
                return false;
            }

            if (record.Received <= visible && matcher.Matches(record))
            {
                if (found.Count == request.PageSize)
                {
                    more = true;
                    last = lastFound;
                    return false;
                }

                found.Add(record);
                lastFound = record;
            }

            last = record;
            return true;
        });
        return (found, more && last is not null ? new PageToken(last.Timestamp, last.InsertId, last.LogName) : null);
    }

    /// <summary>Between half and all of the budget, by seed and position: how far one call gets is not for clients to rely on.</summary>
    private int Budget(PageToken? after)
    {
        var hash = (uint)HashCodeOf(after?.InsertId ?? "") ^ ((uint)options.Seed * 2654435761u);
        var most = Math.Max(2, ScanBudget);
        return (most / 2) + (int)(hash % (uint)((most / 2) + 1));
    }

    /// <summary>string.GetHashCode differs from run to run.</summary>
    private static int HashCodeOf(string text) => text.Aggregate(17, static (hash, c) => (hash * 31) + c);

    private static byte[] Print(List<LogRecord> found, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>(4096 + (found.Count * 1200));
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        if (found.Count > 0)
        {
            json.WriteStartArray("entries");
            foreach (var record in found)
            {
                LogRecordWriter.Write(json, record);
            }

            json.WriteEndArray();
        }

        if (next is not null)
        {
            json.WriteString("nextPageToken", next);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
