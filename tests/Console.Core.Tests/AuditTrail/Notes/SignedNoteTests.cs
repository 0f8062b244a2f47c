using System.Text;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>Notes of c2sp.org/signed-note: the published example, the traps, and laws.</summary>
public sealed class SignedNoteTests
{
    // The example of c2sp.org/signed-note v1.0.0.
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private const string Example =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    [Fact]
    public void Verify_PublishedExample_IsGood()
    {
        var verified = Assert.IsType<NoteVerification.Verified>(Parse(Example).Verify([Key(ExampleKey)]));

        Assert.Equal(ExampleKey, Assert.Single(verified.By).Key.ToString());
        Assert.Equal(Example, Parse(Example).ToString());
    }

    [Fact]
    public void Verify_TextChanged_IsRefusedWithTheKey()
    {
        var refused = Assert.IsType<NoteVerification.Refused>(Parse(Example.Replace("an example", "no example", StringComparison.Ordinal)).Verify([Key(ExampleKey)]));

        Assert.Contains("example.com/foo", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_UnknownKeysBesideAGoodOne_CountForNothing()
    {
        var other = Keys.Of("other.example", 9);
        var namesake = Keys.Of(Keys.Log.Name, 9);
        var note = SignedNote.Sign("text\n", [other.AsLog(), namesake.AsLog(), Keys.Log.AsLog()]);

        var verified = Assert.IsType<NoteVerification.Verified>(note.Verify([Keys.Log.AsLog().Key]));

        Assert.Equal(Keys.Log.AsLog().Key, Assert.Single(verified.By).Key);
        Assert.IsType<NoteVerification.Refused>(note.Verify([Keys.Of("third.example", 3).AsLog().Key]));
        Assert.IsType<NoteVerification.Refused>(note.Verify([]));
    }

    [Fact]
    public void Verify_OneKnownSignatureWrong_RefusesTheWholeNote()
    {
        var second = Keys.Of("second.example", 2);
        var note = SignedNote.Sign("text\n", [Keys.Log.AsLog(), second.AsLog()]);
        var wrong = note.Signatures[1] with { Signature = new byte[64] };

        Assert.IsType<NoteVerification.Refused>((note with { Signatures = [note.Signatures[0], wrong] }).Verify([Keys.Log.AsLog().Key, second.AsLog().Key]));
        Assert.IsType<NoteVerification.Verified>((note with { Signatures = [note.Signatures[0], wrong] }).Verify([Keys.Log.AsLog().Key]));
    }

    [Fact]
    public void Verify_TwoKeysSign_BothAreNamed()
    {
        var next = Keys.Of(Keys.Log.Name, 2);
        var note = SignedNote.Sign("text\n", [Keys.Log.AsLog(), next.AsLog()]);

        var verified = Assert.IsType<NoteVerification.Verified>(note.Verify([next.AsLog().Key, Keys.Log.AsLog().Key, next.AsLog().Key]));

        Assert.Equal(2, verified.By.Count);
    }

    [Fact]
    public void TryParse_TextWithEmptyLines_SplitsAtTheLast()
    {
        var note = SignedNote.Sign("first\n\nsecond\n\n— not a signature\n", [Keys.Log.AsLog()]);

        var read = Parse(note.ToString());

        Assert.Equal(note, read);
        Assert.IsType<NoteVerification.Verified>(read.Verify([Keys.Log.AsLog().Key]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— a AAAAAAA=")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAAA=\n— b\n")]
    [InlineData("text\n\n— a AAAAAA==\n")]
    [InlineData("text\n\n— a AAAAAAB=\n")]
    [InlineData("text\n\n— a AAAA AAA=\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a\u00a0b AAAAAAA=\n")]
    [InlineData("te\u0001xt\n\n— a AAAAAAA=\n")]
    [InlineData("te\txt\n\n— a AAAAAAA=\n")]
    [InlineData("text\r\n\n— a AAAAAAA=\n")]
    public void TryParse_NoNote_SaysWhy(string text)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TryParse_SmallestSignature_IsRead() => Assert.Single(Parse("text\n\n— a AAAAAAA=\n").Signatures);

    [Fact]
    public void TryParse_NotUtf8_SaysWhy()
    {
        Assert.False(SignedNote.TryParse([(byte)'a', 0xFF, (byte)'\n'], out _, out var problem));
        Assert.Contains("UTF-8", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_ManySignatures_TakesSixteenAndStopsAtAHundred()
    {
        var lines = string.Concat(Enumerable.Range(0, 101).Select(static i => $"— key{i} AAAAAAA=\n"));
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes($"text\n\n{lines}"), out _, out _));
        Assert.Equal(16, Parse($"text\n\n{string.Concat(lines.Split('\n').Take(16).Select(static l => $"{l}\n"))}").Signatures.Count);
    }

    [Fact]
    public void Sign_AnyText_ReadsBackAndNoByteCanBeChanged()
    {
        var texts = from lines in Gen.Elements("", "a", "é", "\ud83d\ude02", "— x AAAAAAA=", "old 5", "0").ListOf() select $"x{string.Join('\n', lines)}\n";
        var cases = from text in texts from at in Gen.Choose(0, 10_000) from bit in Gen.Choose(0, 7) select (text, at, bit);
        Laws.Holds(cases, static c =>
        {
            var bytes = SignedNote.Sign(c.text, [Keys.Log.AsLog()]).ToBytes();
            if (!SignedNote.TryParse(bytes, out var read, out _) || read.Text != c.text || read.Verify([Keys.Log.AsLog().Key]) is not NoteVerification.Verified)
            {
                return false;
            }

            bytes[c.at % bytes.Length] ^= (byte)(1 << c.bit);
            return !SignedNote.TryParse(bytes, out var changed, out _) || changed.Verify([Keys.Log.AsLog().Key]) is NoteVerification.Refused;
        });
    }

    [Theory]
    [InlineData("no newline")]
    [InlineData("tab\t\n")]
    [InlineData("")]
    public void Sign_TextThatCannotBeANotes_Throws(string text) => Assert.Throws<ArgumentException>(() => SignedNote.Sign(text, [Keys.Log.AsLog()]));

    private static SignedNote Parse(string text) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note, out var problem) ? note : throw new FormatException(problem);

    private static VerifierKey Key(string text) => VerifierKey.TryParse(text, out var key, out var problem) ? key : throw new FormatException(problem);
}
