namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Words of <see cref="EntryClass"/>.</summary>
public static class EntryClasses
{
    private static readonly string[] Words =
    [
        "in-request", "boundary", "after-response", "resumed", "idle-instance",
        "unattributed", "startup", "shutdown", "orphan", "platform",
    ];

    /// <summary>How many classes there are.</summary>
    public const int Count = 10;

    /// <summary>All classes in the order of the documentation.</summary>
    public static IReadOnlyList<EntryClass> All { get; } = Enum.GetValues<EntryClass>();

    /// <summary>The word of a class, for example <c>after-response</c>.</summary>
    public static string Word(this EntryClass entryClass) => Words[(int)entryClass];
}
