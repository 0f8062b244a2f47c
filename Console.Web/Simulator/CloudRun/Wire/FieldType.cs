namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>One field of a message of the interface definitions.</summary>
/// <param name="Name">The JSON name, lowerCamelCase.</param>
/// <param name="Type">A scalar's name (string, int32, int64, bool, time, duration, map, json), a message or an enum.</param>
/// <param name="Repeated">A JSON array.</param>
/// <param name="OutputOnly">Set by the server; ignored in requests.</param>
/// <param name="HasPresence">Sent even when it holds its type's default value.</param>
internal sealed record FieldType(string Name, string Type, bool Repeated, bool OutputOnly, bool HasPresence);
