using System.Globalization;

namespace OpsConsole.Core.Changes.Costs;

/// <summary>
/// Direction and size of what a change costs, from the rates of the region and the observed instance time. What is not known is
/// said, never guessed: without observation only the idle cost of kept instances has a figure.
/// </summary>
internal static class CostEstimate
{
    /// <summary>A month of 365 / 12 days, in seconds.</summary>
    private const decimal Month = 365m / 12 * 86_400;

    private const string Terms = "List prices in US dollars, before the free tier and any commitment.";

    public static CostEffect Of(ServiceDocument before, ServiceDocument after, PlanInput input)
    {
        var (old, now) = (InstanceSize.Of(before), InstanceSize.Of(after));
        if (input.Resource.Collection == "workerPools")
        {
            return Pool(before, after);
        }

        if (old == now)
        {
            return Unpriced(before, after);
        }

        if (PriceTier.Of(input.Resource.Location) is not { } rates)
        {
            return new CostEffect(CostDirection.Unknown, $"The prices of {input.Resource.Location} are not known to this version.");
        }

        var effect = input.Usage is { InstanceSeconds: > 0 } usage && usage.Window > TimeSpan.Zero ? Observed(old, now, rates, usage) : Unobserved(old, now, rates);
        effect = after.HasGpu ? effect with { Sentence = $"{effect.Sentence} The price of the GPU is not in it." } : effect;

        // What the template changes counts where the new revision serves, and no sooner.
        return Limits(before) != Limits(after) || after.LatestPercent >= 100 ? effect
            : after.LatestPercent == 0
                ? new CostEffect(CostDirection.Same, $"Nothing for now: the new revision gets no traffic. Once all traffic goes to it: {effect.Sentence}")
            : effect with { Sentence = string.Create(CultureInfo.InvariantCulture, $"Counted as if all traffic went to the new revision; it gets {after.LatestPercent} %. {effect.Sentence}") };
    }

    private static (int Minimum, int Maximum, bool IsManual, int? Count) Limits(ServiceDocument document) =>
        (document.ServiceMinimum, document.ServiceMaximum, document.IsManual, document.ManualCount);

    private static CostEffect Observed(InstanceSize old, InstanceSize now, PriceTier rates, ObservedUsage usage)
    {
        var (before, after) = (Monthly(old, rates, usage), Monthly(now, rates, usage));
        var direction = Direction(before, after);
        var words = direction switch
        {
            CostDirection.Up => $"About {Dollars(after - before)} a month more",
            CostDirection.Down => $"About {Dollars(before - after)} a month less",
            _ => "About the same",
        };
        return new CostEffect(
            direction,
            $"{words}: {Dollars(after)} instead of {Dollars(before)}, if a month is like {usage.Source}. The logs show instances only from their first to their last line; what they stay idle beyond that is not in it. {Terms}",
            before,
            after);
    }

    private static decimal Monthly(InstanceSize size, PriceTier rates, ObservedUsage usage)
    {
        var factor = Month / (decimal)usage.Window.TotalSeconds;
        var busy = (decimal)usage.BusySeconds * factor;
        var alive = Math.Max((decimal)usage.InstanceSeconds * factor, busy);
        return size is { Manual: true, Kept: 0 } or { Manual: true, CpuAlways: true }
            ? size.Kept * Month * size.BusySecond(rates)
            : RunningCost.Of(size, rates, busy, alive, usage.Requests * factor) + RunningCost.OfKept(size, rates, Month, busy, alive);
    }

    private static CostEffect Unobserved(InstanceSize old, InstanceSize now, PriceTier rates)
    {
        var unknown = $"How busy the instances are is not known here. {Terms}";
        if (now is { Manual: true, Kept: 0 })
        {
            return old is { Manual: true, Kept: 0 } ? new CostEffect(CostDirection.Same, "No instance is billed while the service is down.")
                : new CostEffect(CostDirection.Down, $"No instance runs, and none is billed, while the service is down. {unknown}");
        }

        if (old.CpuAlways != now.CpuAlways && (old.Cpu, old.MemoryGiB, old.Kept) == (now.Cpu, now.MemoryGiB, now.Kept))
        {
            var always = now.CpuAlways ? now : old;
            var requests = now.CpuAlways ? old : now;
            var (a, r) = (always.BusySecond(rates), requests.BusySecond(rates));
            var hour = (always.IdleSecond(rates) - (old.Kept > 0 ? requests.IdleSecond(rates) : 0)) * 3600;
            return new CostEffect(
                CostDirection.Unknown,
                $"With CPU always allocated, an idle instance costs {Dollars(hour)} an hour more, a busy second {Percent(r == 0 ? 0 : 1 - (a / r))} less, and requests nothing: dearer for instances that idle, cheaper for those that are busy most of the time. {unknown}");
        }

        var idle = ((now.Kept * now.IdleSecond(rates)) - (old.Kept * old.IdleSecond(rates))) * Month;
        var second = Direction(old.BusySecond(rates), now.BusySecond(rates));
        var keeps = Direction(0, idle);
        var direction = old is { Manual: true, Kept: 0 } ? CostDirection.Up : second == CostDirection.Same ? keeps : keeps == CostDirection.Same || keeps == second ? second : CostDirection.Unknown;
        List<string> parts = old is { Manual: true, Kept: 0 } ? ["Instances run, and are billed, again."] : [];
        if (keeps != CostDirection.Same)
        {
            parts.Add($"Kept instances cost {Dollars(Math.Abs(idle))} a month {(idle > 0 ? "more" : "less")} while idle.");
        }

        if (second != CostDirection.Same)
        {
            var part = old.BusySecond(rates) == 0 ? 0 : Math.Abs((now.BusySecond(rates) / old.BusySecond(rates)) - 1);
            parts.Add($"A busy second of an instance costs {Percent(part)} {(second == CostDirection.Up ? "more" : "less")}.");
        }

        return new CostEffect(direction, $"{string.Join(" ", parts)} {unknown}");
    }

    private static CostEffect Unpriced(ServiceDocument before, ServiceDocument after)
    {
        var boosted = Boost(after) && !Boost(before);
        return boosted ? new CostEffect(CostDirection.Up, "A little more: the extra CPU is billed while instances start and for ten seconds after.")
            : Boost(before) && !Boost(after) ? new CostEffect(CostDirection.Down, "A little less: no extra CPU is billed while instances start.")
            : new CostEffect(CostDirection.Same, "No price changes. The bill follows the number and the time of instances, which may change with the load.");
    }

    private static bool Boost(ServiceDocument document) =>
        (document.Ingress?["resources"] as System.Text.Json.Nodes.JsonObject)?["startupCpuBoost"] is System.Text.Json.Nodes.JsonValue value
        && value.TryGetValue<bool>(out var on) && on;

    // Worker pools have prices of their own, of which only some regions are confirmed: the proportion is certain.
    private static CostEffect Pool(ServiceDocument before, ServiceDocument after)
    {
        var (old, now) = (before.ManualCount ?? 1, after.ManualCount ?? 1);
        return new CostEffect(
            Direction(old, now),
            string.Create(CultureInfo.InvariantCulture, $"{now} instead of {old} instances are billed, each for all of its time."));
    }

    private static CostDirection Direction(decimal before, decimal after) =>
        Math.Abs(after - before) < 0.0000001m ? CostDirection.Same : after > before ? CostDirection.Up : CostDirection.Down;

    private static string Dollars(decimal amount) =>
        "$" + amount.ToString(Math.Abs(amount) >= 100 ? "#,##0" : Math.Abs(amount) >= 0.1m ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    private static string Percent(decimal part) => $"{(part * 100).ToString("0", CultureInfo.InvariantCulture)} %";
}
