using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Tests.Client;

public sealed class GrowingTextsTests
{
    private readonly GrowingTexts growing = new();

    [Fact]
    public void A_record_that_is_behind_the_pieces_takes_nothing_away()
    {
        var held = growing.Take(Chunk(0, "Once upon"), Open(1, ""))!;
        growing.Take(Open(2, "Once"), held).Should().Match<Message>(message => message.Version == 2 && message.Text == "Once upon");
        growing.Take(Open(3, "Another"), held).Text.Should().Be("Another", "the store is right");
        growing.Take(Open(4, "Once") with { Stream = StreamState.CutOff }, held).Text.Should().Be("Once", "what ended is the truth");
    }

    [Fact]
    public void A_piece_that_came_early_waits_for_what_is_before_it()
    {
        growing.Take(Chunk(10, "a time"), null).Should().BeNull("the message is not here yet");
        growing.Take(Chunk(9, " "), Open(1, "Once")).Should().BeNull("there is a gap");
        growing.Take(Open(2, "Once upon"), Open(1, "Once")).Text.Should().Be("Once upon a time");
    }

    [Fact]
    public void A_piece_that_overlaps_adds_what_is_new()
    {
        growing.Take(Chunk(2, "ce upon"), Open(1, "Once"))!.Text.Should().Be("Once upon");
        growing.Take(Chunk(0, "Once"), Open(1, "Once upon")).Should().BeNull();
        growing.Take(Chunk(4, "!"), Open(1, "Once") with { Stream = StreamState.Complete }).Should().BeNull();
    }

    private static StreamChunk Chunk(int offset, string text) => new() { RoomId = Guid.Empty, Seq = 1, Offset = offset, Text = text };

    private static Message Open(long version, string text) => new()
    {
        RoomId = Guid.Empty,
        Id = Guid.Empty,
        Seq = 1,
        Version = version,
        Kind = MessageKind.Text,
        Text = text,
        Stream = StreamState.Open,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
