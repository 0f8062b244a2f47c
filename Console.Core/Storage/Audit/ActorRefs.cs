namespace OpsConsole.Core.Storage.Audit;

/// <summary>The actors of a query as the search table knows them: by their pseudonyms.</summary>
/// <param name="Wanted">Of those that are asked for.</param>
/// <param name="Unwanted">Of those that are left out.</param>
internal sealed record ActorRefs(IReadOnlyList<string> Wanted, IReadOnlyList<string> Unwanted);
