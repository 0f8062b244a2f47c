using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class LogFiltersTests
{
    private const string Services = """resource.type="cloud_run_revision" AND NOT logName:"cloudaudit.googleapis.com" """;
    private static readonly DateTimeOffset From = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ReceivedSince_LooksForSlowRequestsInThePast() =>
        Assert.Equal(
            Services + """AND receiveTimestamp>="2026-11-22T08:00:00.0000000Z" AND timestamp>="2026-11-22T06:55:00.0000000Z" """.TrimEnd(),
            LogFilters.ReceivedSince(From));

    [Fact]
    public void Window_HasTheRequestsThatWereInFlightAtItsStart() =>
        Assert.Equal(
            Services + """AND timestamp>="2026-11-22T06:55:00.0000000Z" AND timestamp<"2026-11-22T09:00:00.0000000Z" AND (timestamp>="2026-11-22T08:00:00.0000000Z" OR (log_id("run.googleapis.com/requests") AND receiveTimestamp>="2026-11-22T08:00:00.0000000Z"))""",
            LogFilters.Window([], From, From.AddHours(1)));

    [Fact]
    public void Window_ReadOnFromACursorInside_NeedsNoMoreOfThem() =>
        Assert.Equal(
            Services + """AND timestamp>="2026-11-22T08:30:00.0000000Z" AND timestamp<"2026-11-22T09:00:00.0000000Z" """.TrimEnd(),
            LogFilters.Window([], From, From.AddHours(1), cursor: From.AddMinutes(30)));

    [Fact]
    public void Window_OfSeveralServices_AsksForAllInOneCall() =>
        Assert.Contains("""resource.labels.service_name=("checkout" OR "billing")""", LogFilters.Window(["checkout", "billing"], From, null), StringComparison.Ordinal);
}
