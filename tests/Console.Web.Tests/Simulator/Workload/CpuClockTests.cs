using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Workload;

public sealed class CpuClockTests
{
    [Fact]
    public void Finish_Full_IsTheWorkItself() => Assert.Equal(1_500, CpuClock.Finish(CpuSupply.Full, 0, 1_000, 500));

    [Fact]
    public void Finish_Frozen_Never() => Assert.Equal(long.MaxValue, CpuClock.Finish(CpuSupply.Frozen, 0, 1_000, 500));

    [Fact]
    public void Finish_Slots_UsesOneSlotOfEachPeriod()
    {
        // 10 ms of work with 4 ms in each 100 ms: two whole slots and 2 ms of the third.
        Assert.Equal(202_000, CpuClock.Finish(CpuSupply.Slots, 0, 0, 10_000));
        Assert.Equal(230_000 + 2_000, CpuClock.Finish(CpuSupply.Slots, 30_000, 34_000, 6_000));
    }

    [Fact]
    public void Progress_UntilFinish_IsTheWork() => Prop
        .ForAll(
            (from supply in Gen.Elements(CpuSupply.Full, CpuSupply.Slots)
             from phase in Gen.Choose(0, 99_999)
             from start in Gen.Choose(0, 1_000_000)
             from need in Gen.Choose(1, 900_000)
             select (supply, phase, start, need)).ToArbitrary(),
            c =>
            {
                long from = 1_000_000 + c.start;
                var finish = CpuClock.Finish(c.supply, c.phase, from, c.need);
                return CpuClock.Progress(c.supply, c.phase, from, finish) == c.need
                    && CpuClock.Progress(c.supply, c.phase, from, finish - 1) == c.need - 1;
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Progress_OfTwoStretches_IsTheSum() => Prop
        .ForAll(
            (from phase in Gen.Choose(0, 99_999)
             from a in Gen.Choose(0, 500_000)
             from b in Gen.Choose(0, 500_000)
             select (phase, a, b)).ToArbitrary(),
            c => CpuClock.Progress(CpuSupply.Slots, c.phase, 1_000_000, 1_000_000 + c.a)
                + CpuClock.Progress(CpuSupply.Slots, c.phase, 1_000_000 + c.a, 1_000_000 + c.a + c.b)
                == CpuClock.Progress(CpuSupply.Slots, c.phase, 1_000_000, 1_000_000 + c.a + c.b))
        .QuickCheckThrowOnFailure();
}
