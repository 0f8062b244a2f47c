using System.Globalization;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>How long a request may take.</summary>
public sealed class TimeoutForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "timeout";

    /// <inheritdoc />
    public override string Group => "Requests";

    /// <inheritdoc />
    public override string Title => "Request timeout";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => $"{Seconds(subject)} s";

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("seconds", "Request timeout", (change as SetTimeout)?.Seconds is { } asked ? Text(asked) : Seconds(subject))
        {
            Unit = "s", Number = true, Hint = "1 to 3600", Path = "template.timeout",
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Number(values, "seconds") is { } seconds ? new(new SetTimeout(seconds)) : NoNumber("seconds");

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetTimeout;

    private static string Seconds(ChangeSubject subject) => subject.Service!.Template.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
