using System.Threading.Channels;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Chat.Tests.Storage;

public sealed class HeldRoomsTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Channel<List<PendingChange>> tries = Channel.CreateUnbounded<List<PendingChange>>();
    private readonly Channel<bool> answers = Channel.CreateUnbounded<bool>();
    private readonly HeldRooms held;
    private readonly Guid room = Guid.NewGuid();

    public HeldRoomsTests() => held = new HeldRooms(async changes =>
    {
        await tries.Writer.WriteAsync(changes);
        return await answers.Reader.ReadAsync();
    }, clock);

    [Fact]
    public async Task Changes_of_a_held_room_wait_in_order_and_those_of_others_do_not()
    {
        var (first, second, third) = (Change(room), Change(room), Change(room));
        held.Takes(first).Should().BeFalse("nothing is held yet");
        held.Hold([first]);
        (await Tried()).Should().Equal(first);
        held.Takes(second).Should().BeTrue();
        held.Takes(third).Should().BeTrue();
        held.Takes(Change(Guid.NewGuid())).Should().BeFalse("its room is free");

        await answers.Writer.WriteAsync(false);
        (await Tried()).Should().Equal(first);
        await answers.Writer.WriteAsync(true);
        (await Tried()).Should().Equal(second, third);
        await answers.Writer.WriteAsync(true);
        await held.Ended().WaitAsync(TimeSpan.FromSeconds(5));
        held.Takes(Change(room)).Should().BeFalse("the room is free again");
    }

    [Fact]
    public async Task Who_waited_for_three_seconds_is_asked_to_come_again_and_who_came_later_waits_on()
    {
        var (first, second) = (Change(room), Change(room));
        held.Hold([first]);
        await Tried();
        held.Takes(second).Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(2));
        await answers.Writer.WriteAsync(false);
        await Tried();
        first.Answer.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await answers.Writer.WriteAsync(false);
        (await first.Answer).Error.Should().Match<Error>(error => error.Code == ErrorCode.Unavailable && error.RetryAfterMs > 0);
        (await Tried()).Should().Equal(second);
        await answers.Writer.WriteAsync(true);
    }

    [Fact]
    public async Task A_held_room_fills_no_memory()
    {
        held.Hold([Change(room)]);
        await Tried();
        var waiting = Enumerable.Range(0, 501).Select(_ => Change(room)).ToList();
        waiting.ForEach(change => held.Takes(change).Should().BeTrue());
        (await waiting[500].Answer).Error!.Code.Should().Be(ErrorCode.Unavailable);
        waiting[499].Answer.IsCompleted.Should().BeFalse();
        await answers.Writer.WriteAsync(true);
        (await Tried()).Should().HaveCount(500);
        await answers.Writer.WriteAsync(true);
    }

    private Task<List<PendingChange>> Tried() => tries.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

    private static PendingChange Change(Guid room) => new(new QuitRoom(new Speaker(Guid.NewGuid(), "Ann", UserKind.Guest), room));
}
