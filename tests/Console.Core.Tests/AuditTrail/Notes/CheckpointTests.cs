using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>Checkpoints and cosignatures of C2SP.</summary>
public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 700, TimeSpan.Zero);

    [Theory]
    [InlineData("example.com/behind-the-sofa\n20852163\n" + Root + "\n", 20852163, 0)]
    [InlineData("o\n0\n" + Root + "\nextension\nanother one\n", 0, 2)]
    [InlineData("o\n9223372036854775807\n" + Root + "\n", long.MaxValue, 0)]
    public void TryParse_Checkpoint_ReadsBack(string text, long size, int extensions)
    {
        Assert.True(Checkpoint.TryParse(text, out var checkpoint, out _));
        Assert.Equal((size, extensions, text), (checkpoint.Size, checkpoint.Extensions.Count, checkpoint.ToText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1\n" + Root)]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("o\n01\n" + Root + "\n")]
    [InlineData("o\n+1\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n٣\n" + Root + "\n")]
    [InlineData("o\n9223372036854775808\n" + Root + "\n")]
    [InlineData("o\n1\nAAAA\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("o\n1\n" + Root + "\n\n")]
    public void TryParse_NoCheckpoint_SaysWhy(string text)
    {
        Assert.False(Checkpoint.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Sign_TwiceTheSame_GivesTheSameBytes() =>
        Assert.Equal(Keys.Checkpoint(5, TreeHasher.Empty).ToBytes(), Keys.Checkpoint(5, TreeHasher.Empty).ToBytes());

    [Fact]
    public void Verify_SignedByAnotherTrustedLog_IsRefused()
    {
        var other = Keys.Of("other.example/log", 4);
        var borrowed = new Checkpoint(Keys.Log.Name, 5, TreeHasher.Empty).Sign(other.AsLog());

        Assert.IsType<NoteVerification.Refused>(borrowed.Verify([Keys.Log.AsLog().Key, other.AsLog().Key]));
    }

    [Fact]
    public void Cosignature_OfAWitness_SaysItsTimeToTheSecond()
    {
        var witness = Keys.Of("witness.example/w1", 7).AsWitness(new ManualTimeProvider(Now));
        var checkpoint = Keys.Checkpoint(5, TreeHasher.Empty);

        var cosigned = checkpoint.With([witness.Sign(checkpoint.Note.Text)]);

        Assert.True(SignedCheckpoint.TryParse(cosigned.ToBytes(), out var read, out _));
        var by = Assert.Single(Assert.IsType<NoteVerification.Verified>(read.Note.Verify([witness.Key])).By);
        Assert.Equal(Now.AddMilliseconds(-700), by.Time);
        Assert.Equal(4 + 8 + 64, Convert.FromBase64String(cosigned.Note.Signatures[1].ToString().Split(' ')[2]).Length);
    }

    [Fact]
    public void Cosignature_TimeChanged_IsRefused()
    {
        var witness = Keys.Of("witness.example/w1", 7).AsWitness(new ManualTimeProvider(Now));
        var checkpoint = Keys.Checkpoint(5, TreeHasher.Empty);
        var line = witness.Sign(checkpoint.Note.Text);
        var later = line.Signature.ToArray();
        later[7]++;

        Assert.IsType<NoteVerification.Refused>(checkpoint.With([line with { Signature = later }]).Note.Verify([witness.Key]));
        Assert.IsType<NoteVerification.Refused>(checkpoint.With([line with { Signature = new byte[72] }]).Note.Verify([witness.Key]));
        Assert.IsType<NoteVerification.Refused>(checkpoint.With([line with { Signature = Enumerable.Repeat((byte)0xFF, 72).ToArray() }]).Note.Verify([witness.Key]));
        Assert.IsType<NoteVerification.Refused>(checkpoint.With([line with { Signature = new byte[5] }]).Note.Verify([witness.Key]));
    }

    [Fact]
    public void Cosignature_SignedBytes_AreThoseOfTheSpecification() =>
        Assert.Equal(
            $"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n{Root}\n",
            Encoding.UTF8.GetString(Cosignature.Message(1679315147, $"example.com/behind-the-sofa\n20852163\n{Root}\n")));

    [Fact]
    public void With_SignatureItAlreadyHas_AddsItOnce()
    {
        var checkpoint = Keys.Checkpoint(5, TreeHasher.Empty);

        Assert.Equal(checkpoint.ToString(), checkpoint.With(checkpoint.Note.Signatures).ToString());
    }
}
