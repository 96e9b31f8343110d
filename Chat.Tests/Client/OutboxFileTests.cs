using Chat.Client.Sending;
using Chat.Contracts;
using Chat.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Client;

public sealed class OutboxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("outbox");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_line_that_was_being_written_when_the_program_ended_is_as_never_written()
    {
        using (var file = Open())
        {
            file.Put(Entry(1));
            file.Put(Entry(2));
        }
        var bytes = File.ReadAllBytes(Path);
        var whole = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var length = whole; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            using var file = Open();
            file.Entries.Select(entry => entry.Order).Should().Equal(1);
            File.Exists(Path + ".damaged").Should().BeFalse();
        }
    }

    [Fact]
    public void A_spoiled_line_costs_no_other_and_the_file_is_kept_aside()
    {
        using (var file = Open())
        {
            foreach (var order in Enumerable.Range(1, 3)) file.Put(Entry(order));
        }
        var lines = File.ReadAllLines(Path);
        lines[1] = lines[1][5..];
        File.WriteAllLines(Path, lines);
        using var opened = Open();
        opened.Entries.Select(entry => entry.Order).Should().Equal(1, 3);
        File.ReadAllLines(Path + ".damaged").Should().Equal(lines);
    }

    [Fact]
    public async Task It_does_not_grow_with_what_is_done_with()
    {
        var stays = Entry(1);
        using (var file = Open())
        {
            file.Put(stays);
            for (var order = 2; order < 5_000; order++)
            {
                var entry = Entry(order);
                file.Put(entry);
                if (order % 100 is 0) await file.FlushAsync();
                file.Done(entry.Request.ClientMessageId);
            }
            new FileInfo(Path).Length.Should().BeLessThan(500_000);
        }
        using var opened = Open();
        opened.Entries.Should().ContainSingle().Which.Should().BeEquivalentTo(stays);
    }

    [Fact]
    public void Everything_of_a_message_comes_back()
    {
        var full = new OutboxEntry
        {
            Request = new SendMessage
            {
                RoomId = Guid.NewGuid(),
                ClientMessageId = Guid.NewGuid(),
                Text = "Ünï 你好 👋🏽\n\"quoted\"",
                ReplyToSeq = 3,
                ThreadSeq = 4,
                AttachmentIds = [Guid.NewGuid(), Guid.NewGuid()],
                Forward = new MessagePlace { RoomId = Guid.NewGuid(), Seq = 9 },
            },
            Author = Guid.NewGuid(),
            Order = 7,
            WrittenAt = new DateTimeOffset(2026, 1, 31, 12, 0, 0, 123, TimeSpan.FromHours(2)),
            Code = ErrorCode.WrongPassword,
            Reason = "why",
        };
        using (var file = Open()) file.Put(full);
        using var opened = Open();
        opened.Entries.Should().ContainSingle().Which.Should().BeEquivalentTo(full);
    }

    private OutboxFile Open() => new(Path, NullLogger.Instance);

    private static OutboxEntry Entry(long order) => new()
    {
        Request = new SendMessage { RoomId = Guid.NewGuid(), ClientMessageId = Guid.NewGuid(), Text = $"message {order}" },
        Order = order,
        WrittenAt = DateTimeOffset.UnixEpoch,
    };
}
