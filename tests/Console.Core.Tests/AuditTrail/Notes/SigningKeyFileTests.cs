using System.Runtime.Versioning;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>The file of private keys: made once, closed to others, rotated by double signing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SigningKeyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("keys-");

    private string File => Path.Combine(folder.FullName, "log.key");

    [Fact]
    public void ReadOrCreate_FirstStart_MakesAKeyForTheOwnerAlone()
    {
        var made = Assert.Single(SigningKeyFile.ReadOrCreate(File, "ops.example.com/audit"));
        var again = Assert.Single(SigningKeyFile.ReadOrCreate(File, "another name"));

        Assert.Equal("ops.example.com/audit", again.Name);
        Assert.Equal(made.ToSecretText(), again.ToSecretText());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Read_OpenToOthers_IsRefused(UnixFileMode more)
    {
        SigningKeyFile.ReadOrCreate(File, "a");
        System.IO.File.SetUnixFileMode(File, System.IO.File.GetUnixFileMode(File) | more);

        var refused = Assert.Throws<KeyFileException>(() => SigningKeyFile.ReadOrCreate(File, "a"));

        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only words\n")]
    [InlineData("PRIVATE+KEY+a+00000000+AQEB\n")]
    public void Read_NoKey_SaysWhyWithoutTheContent(string content)
    {
        System.IO.File.WriteAllText(File, content);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.DoesNotContain("AQEB", Assert.Throws<KeyFileException>(() => SigningKeyFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOrCreate_BadName_SaysWhyAndLeavesNoFile()
    {
        Assert.Throws<KeyFileException>(() => SigningKeyFile.ReadOrCreate(File, "two words"));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void ReadOrCreate_FolderMissing_SaysWhy() =>
        Assert.Throws<KeyFileException>(() => SigningKeyFile.ReadOrCreate(Path.Combine(folder.FullName, "no", "log.key"), "a"));

    [Fact]
    public void Rotate_OldAndNewSignTogether_AndEitherVerifies()
    {
        var old = Assert.Single(SigningKeyFile.ReadOrCreate(File, "ops.example.com/audit"));
        var fresh = SigningKeyFile.Rotate(File);
        var keys = SigningKeyFile.Read(File);

        Assert.Equal([fresh.ToSecretText(), old.ToSecretText()], keys.Select(static k => k.ToSecretText()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        var signed = new Checkpoint(fresh.Name, 0, OpsConsole.Core.AuditTrail.Merkle.TreeHasher.Empty).Sign(keys.Select(static k => k.AsLog()));
        Assert.IsType<NoteVerification.Verified>(signed.Verify([old.AsLog().Key]));
        Assert.IsType<NoteVerification.Verified>(signed.Verify([fresh.AsLog().Key]));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
