using Chat.Bench.Chaos;
using Chat.Bench.Checking;

namespace Chat.Tests.Checking;

/// <summary>A bug that is put in on purpose is found. What is found is no question of speed, so these run beside other tests.</summary>
public abstract class SpoiledChaosTests
{
    private protected static async Task Finds(Defect defect, string fault, Flaw flaw)
    {
        var (report, output) = await ChaosTests.Run(new ChaosPlan
        {
            Duration = TimeSpan.FromSeconds(40),
            Seed = Random.Shared.Next(),
            Clients = 9,
            Faults = [fault],
            Defect = defect,
        });
        report.Found[flaw].Should().BePositive(output);
    }
}

/// <summary>Events that go out before the commit.</summary>
public sealed class EarlyPublishTests : SpoiledChaosTests
{
    [Fact]
    public Task Publishing_before_the_commit_is_found() => Finds(Defect.EarlyPublish, "node-killed", Flaw.Phantom);
}

/// <summary>Nodes that do not announce heads.</summary>
public sealed class NoHeadsTests : SpoiledChaosTests
{
    [Fact]
    public Task Skipping_the_heads_is_found() => Finds(Defect.NoHeads, "redis-away", Flaw.Differing);
}

/// <summary>A store without its unique constraint.</summary>
public sealed class NoConstraintTests : SpoiledChaosTests
{
    [Fact]
    public Task Dropping_the_unique_constraint_is_found() => Finds(Defect.NoConstraint, "nginx-reloaded", Flaw.Doubled);
}
