namespace OpsConsole.Web.Commands.Audit;

/// <summary>The arguments of <c>audit witness</c> as typed.</summary>
/// <param name="Listen"><c>--listen</c>.</param>
/// <param name="State"><c>--state</c>.</param>
/// <param name="Key"><c>--key</c>.</param>
/// <param name="Name"><c>--name</c>.</param>
/// <param name="Logs"><c>--log</c>, each time.</param>
/// <param name="Policy"><c>--policy</c>.</param>
internal sealed record RawWitnessArguments(string Listen, string? State, string? Key, string Name, IReadOnlyList<string> Logs, string? Policy);
