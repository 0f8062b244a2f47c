using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.Logs;

/// <summary>Four values share four bytes of a row: none may touch another.</summary>
public sealed class LineRowTests
{
    [Fact]
    public void Row_InMemory_Has44Bytes() => Assert.Equal(44, Unsafe.SizeOf<LineRow>());

    [Fact]
    public void Fields_SetInAnyOrder_KeepEachOther()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, SetInSomeOrder).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Revision_None_StaysNone() => Assert.Equal(-1, new LineRow { Revision = -1, Severity = 8, Kind = LineKind.Platform }.Revision);

    [Fact]
    public void Revision_MoreThanFit_IsSaidAndNotCut() =>
        Assert.Throws<LogExportException>(() => new LineRow { Revision = LineRow.LargestRevision + 1 });

    private static void SetInSomeOrder(int seed)
    {
        var random = new Random(seed);
        var (revision, kind, platform, severity) =
            (random.Next(-1, LineRow.LargestRevision + 1), (LineKind)random.Next(4), (PlatformMessage)random.Next(10), (byte)random.Next(9));
        var row = new LineRow { Revision = LineRow.LargestRevision, Kind = LineKind.Platform, Platform = PlatformMessage.Other, Severity = 8 };
        int[] order = [0, 1, 2, 3];
        random.Shuffle(order);
        foreach (var field in order)
        {
            switch (field)
            {
                case 0:
                    row.Revision = revision;
                    break;
                case 1:
                    row.Kind = kind;
                    break;
                case 2:
                    row.Platform = platform;
                    break;
                default:
                    row.Severity = severity;
                    break;
            }
        }

        Assert.Equal((revision, kind, platform, severity), (row.Revision, row.Kind, row.Platform, row.Severity));
    }
}
