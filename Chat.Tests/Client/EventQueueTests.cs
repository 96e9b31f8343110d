using Chat.Client;
using Chat.Client.Events;

namespace Chat.Tests.Client;

public sealed class EventQueueTests
{
    [Fact]
    public async Task Events_come_in_order_and_a_handler_that_throws_harms_nobody()
    {
        var heard = new List<int>();
        EventHandler<int> handlers = (_, _) => throw new InvalidOperationException("mine");
        handlers += (_, number) => heard.Add(number);

        await using (var queue = new EventQueue(new ClientGear(new ChatClientOptions { Server = new Uri("http://localhost") })))
            for (var number = 0; number < 1_000; number++) queue.Raise(handlers, this, number, "Counted");

        heard.Should().Equal(Enumerable.Range(0, 1_000));
    }
}
