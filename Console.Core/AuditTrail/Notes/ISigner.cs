namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>Signs notes: a log's key in a file, a witness's, or one that a key service keeps.</summary>
public interface ISigner
{
    /// <summary>What others verify with.</summary>
    VerifierKey Key { get; }

    /// <summary>Signs the text of a note.</summary>
    /// <param name="text">With its final newline.</param>
    NoteSignature Sign(string text);
}
