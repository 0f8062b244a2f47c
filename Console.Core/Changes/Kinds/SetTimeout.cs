using System.Globalization;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>How long a request may take, 1 s to 60 min. https://cloud.google.com/run/docs/configuring/request-timeout.</summary>
/// <param name="Seconds">Whole seconds.</param>
public sealed record SetTimeout(int Seconds) : Change
{
    /// <inheritdoc />
    public override string Title => string.Create(CultureInfo.InvariantCulture, $"Set the request timeout to {Seconds} s");

    internal override void Edit(ServiceDocument document) => document.EnsureTemplate()["timeout"] = ProtoDuration.Format(TimeSpan.FromSeconds(Seconds));
}
