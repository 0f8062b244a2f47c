using System.Globalization;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Native;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What anchors and witnesses know of the log. Asked before the database is read, so that it can only know less.</summary>
internal sealed class OutsideRoots
{
    // A call of Cloud Logging gives a thousand, and a minute has sixty calls.
    private const int MostOfALog = 5_000;
    private readonly List<OutsideRoot> _roots = [];
    private readonly List<VerifyProblem> _problems = [];
    private readonly List<string> _notVerified = [];
    private readonly HashSet<string> _readFolders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long First, long Count)> _removed = new(StringComparer.Ordinal);

    /// <summary>The roots.</summary>
    public IReadOnlyList<OutsideRoot> Roots => _roots;

    /// <summary>Files that are no checkpoints of this log, and answers that contradict themselves.</summary>
    public IReadOnlyList<VerifyProblem> Problems => _problems;

    /// <summary>Who could not be asked.</summary>
    public IEnumerable<string> NotVerified => _notVerified.Concat(_removed.Select(static f => string.Create(
        CultureInfo.InvariantCulture,
        $"The folder {f.Key} lacks {f.Value.Count:N0} of the checkpoints that were put into it, the first of size {f.Value.First:N0}: somebody took them away.")));

    /// <summary>Checkpoints in anchor folders and logs.</summary>
    public long Anchors { get; private set; }

    /// <summary>Witnesses that answered.</summary>
    public int Witnesses { get; private set; }

    /// <summary>Reads all folders and asks all witnesses.</summary>
    public static async Task<OutsideRoots> ReadAsync(VerifyTrust trust, IWitnessMonitor witnesses, CancellationToken cancellationToken)
    {
        var found = new OutsideRoots();
        found._notVerified.AddRange(trust.Unread);
        foreach (var folder in trust.AnchorFolders)
        {
            await found.ReadFolderAsync(folder, trust, cancellationToken);
        }

        foreach (var anchor in trust.AnchorLogs)
        {
            await found.ReadLogAsync(anchor, trust, cancellationToken);
        }

        foreach (var witness in trust.Witnesses.Where(static w => w.Url is not null))
        {
            await found.AskAsync(witness, trust, witnesses, cancellationToken);
        }

        return found;
    }

    /// <summary>Says of a checkpoint that the database remembers in an anchor folder whether its file is still there; what was removed is told of once a folder.</summary>
    /// <param name="anchor">Name of the anchor, as the database has it.</param>
    /// <param name="size">Size of the checkpoint.</param>
    public void Remember(string anchor, long size)
    {
        if (!anchor.StartsWith(FolderAnchor.NamePrefix, StringComparison.Ordinal))
        {
            return;
        }

        // Looked for now: whatever was written while the folder was read is there by now.
        var folder = anchor[FolderAnchor.NamePrefix.Length..];
        if (_readFolders.Contains(folder) && !File.Exists(Path.Combine(folder, FolderAnchor.FileOf(size))))
        {
            var (first, count) = _removed.GetValueOrDefault(folder, (size, 0));
            _removed[folder] = (first, count + 1);
        }
    }

    private async Task ReadFolderAsync(string folder, VerifyTrust trust, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = Path.GetFileName(file);
                if (name.StartsWith('.') || name.EndsWith(".tmp", StringComparison.Ordinal))
                {
                    continue;
                }

                if (FileNature.OtherThanFile(file) is { } other)
                {
                    Unreadable($"The anchor {file} is {other}, and no file.");
                    continue;
                }

                await ReadFileAsync(file, trust, cancellationToken);
            }

            _readFolders.Add(Path.GetFullPath(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _notVerified.Add($"The anchors in {folder} could not be read: {e.Message}");
        }
    }

    // One file that cannot be read, such as a link to itself, keeps nobody from the others: it would be an easy way to silence them.
    private async Task ReadFileAsync(string file, VerifyTrust trust, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            var size = new FileInfo(file).Length;
            if (size > SignedNote.MaxBytes)
            {
                Unreadable(string.Create(CultureInfo.InvariantCulture, $"The anchor {file} cannot be read: it has {size} bytes; at most {SignedNote.MaxBytes} are read."));
                return;
            }

            bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unreadable($"The anchor {file} cannot be read: {e.Message}");
            return;
        }

        Take(file, bytes, trust);
    }

    private async Task ReadLogAsync(IAnchor anchor, VerifyTrust trust, CancellationToken cancellationToken)
    {
        switch (await anchor.ReadAsync(MostOfALog, cancellationToken))
        {
            case AnchorSight.Seen seen:
                foreach (var note in seen.Checkpoints)
                {
                    Take(note.Where, note.Note, trust);
                }

                if (!seen.IsAll)
                {
                    _notVerified.Add(string.Create(CultureInfo.InvariantCulture, $"Of the anchor {anchor.Name} the newest {MostOfALog:N0} checkpoints were compared; older ones were not."));
                }

                break;
            case AnchorSight.Unreachable { Reason: var reason }:
                _notVerified.Add($"The anchor {anchor.Name} could not be read: {reason}");
                break;
            default:
                break;
        }
    }

    private void Take(string where, ReadOnlySpan<byte> bytes, VerifyTrust trust)
    {
        if (!SignedCheckpoint.TryParse(bytes, out var signed, out var problem))
        {
            Unreadable($"The anchor {where} cannot be read: {problem}");
        }
        else if (trust.LogKeys.Count > 0 && signed.Verify(trust.LogKeys) is NoteVerification.Refused refused)
        {
            Unreadable($"The anchor {where} is no checkpoint of this log: {refused.Reason}");
        }
        else
        {
            Anchors++;
            _roots.Add(new OutsideRoot(signed.Checkpoint.Size, signed.Checkpoint.Root, $"The anchor {where}"));
        }
    }

    private void Unreadable(string sentence) => _problems.Add(new VerifyProblem { Kind = VerifyProblemKind.AnchorUnreadable, Sentence = sentence });

    private async Task AskAsync(PolicyKey witness, VerifyTrust trust, IWitnessMonitor witnesses, CancellationToken cancellationToken)
    {
        foreach (var origin in trust.LogKeys.Select(static k => k.Name).Distinct(StringComparer.Ordinal))
        {
            switch (await witnesses.LatestAsync(new Uri(witness.Url!), origin, cancellationToken))
            {
                case WitnessSight.Seen { Checkpoint: var signed }:
                    if (signed.Verify(trust.LogKeys) is NoteVerification.Refused log)
                    {
                        _problems.Add(new VerifyProblem { Kind = VerifyProblemKind.Fork, Sentence = $"The witness {witness.Name} shows a checkpoint that no trusted key of the log signed: {log.Reason}" });
                        break;
                    }

                    var cosigning = signed.Note.Verify([witness.Key]);
                    if (cosigning is NoteVerification.Refused cosigned)
                    {
                        _notVerified.Add($"The witness {witness.Name} answered with a checkpoint that it has not cosigned ({cosigned.Reason}); the answer was not used.");
                        break;
                    }

                    Witnesses++;
                    _roots.Add(new OutsideRoot(signed.Checkpoint.Size, signed.Checkpoint.Root, string.Create(CultureInfo.InvariantCulture, $"The witness {witness.Name}"))
                    {
                        Cosigner = witness.Key.Name,
                        At = cosigning is NoteVerification.Verified { By: [{ Time: { } at }, ..] } ? (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null,
                    });
                    break;
                case WitnessSight.Nothing:
                    _notVerified.Add($"The witness {witness.Name} has seen nothing of this log yet.");
                    break;
                case WitnessSight.Unreachable { Reason: var reason }:
                    _notVerified.Add($"The witness {witness.Name} could not be asked: {reason}");
                    break;
                default:
                    break;
            }
        }
    }
}
