using Chat.Hub.Operations;

namespace Chat.Tests.Operations;

public sealed class ChatClockTests
{
    [Fact]
    public void The_stores_time_goes_on_by_the_steady_counter_whatever_the_machines_clock_does()
    {
        var own = new Machine { Wall = DateTimeOffset.Parse("2026-01-01T13:00:00Z", null) };
        var clock = new ChatClock(own);
        clock.Now.Should().Be(own.Wall, "nobody has said anything else");

        var store = DateTimeOffset.Parse("2026-01-01T12:00:00Z", null);
        clock.Agree(store, own.GetTimestamp());
        own.Steady = TimeSpan.FromSeconds(3);
        own.Wall = own.Wall.AddHours(1);
        clock.Now.Should().Be(store.AddSeconds(3), "an hour by the wall clock is not an hour");
    }

    private sealed class Machine : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public TimeSpan Steady { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Steady.Ticks;
    }
}
