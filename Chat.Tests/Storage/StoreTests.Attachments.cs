using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    private static readonly DateTimeOffset Uploaded = StoreFixture.Now.AddHours(-1);

    private IAttachmentStore Files => (IAttachmentStore)Store;

    [Fact]
    public async Task An_uploaded_file_is_there_field_by_field_and_counts_until_it_is_used()
    {
        await fixture.FoundRoom();
        var file = await Upload(bytes: 70, "one");
        (await Files.FindFile(file.Attachment.Id, default)).Should().BeEquivalentTo(file);
        (await Files.FindFile(Guid.NewGuid(), default)).Should().BeNull();
        (await Files.UnusedBytes(fixture.Ann.UserId, default)).Should().Be(70);
        (await Files.AddFile(Some(31, "two"), mostUnusedBytes: 100, default)).Should().BeFalse();
        (await Files.AddFile(Some(30, "three"), mostUnusedBytes: 100, default)).Should().BeTrue();

        (await PostFiles(file)).Should().BeNull();
        (await Files.UnusedBytes(fixture.Ann.UserId, default)).Should().Be(30);
        (await Files.FindFile(file.Attachment.Id, default)).Should().BeEquivalentTo(file with { MessageSeq = 4 });
        await fixture.Open();
        (await fixture.Sync(3)).Messages.Single().Attachments.Should().BeEquivalentTo([file.Attachment]);
    }

    [Fact]
    public async Task What_is_used_or_new_is_not_cleared_away_as_unused()
    {
        await fixture.FoundRoom();
        var (used, old) = (await Upload(1, "used"), await Upload(1, "old"));
        await PostFiles(used);
        (await Files.FreeUnused(Uploaded, StoreFixture.Now, 100, default)).Should().Be(0);
        (await Files.FreeUnused(Uploaded.AddMilliseconds(1), StoreFixture.Now, 100, default)).Should().Be(1);
        (await Files.FindFile(old.Attachment.Id, default)).Should().BeNull();
        (await Files.FindFile(used.Attachment.Id, default)).Should().NotBeNull();
        (await Loose()).Should().Equal(new LooseBlob("old", StoreFixture.Now, false));
    }

    [Fact]
    public async Task A_blob_is_loose_until_a_file_needs_it_and_again_when_the_last_one_goes()
    {
        await fixture.FoundRoom();
        await Files.NoteBlob("blob", Uploaded, default);
        (await Loose()).Should().Equal(new LooseBlob("blob", Uploaded, false));
        var file = await Upload(1, "blob");
        (await Loose()).Should().BeEmpty();

        await PostFiles(file);
        await fixture.Write(new PostMessage(fixture.Ann, new SendMessage
        {
            RoomId = fixture.RoomId,
            ClientMessageId = Guid.NewGuid(),
            Text = "",
            Forward = new MessagePlace { RoomId = fixture.RoomId, Seq = 4 },
        }));
        await Remove(4);
        var note = new LooseBlob("blob", StoreFixture.Now, IsNeeded: true);
        (await Loose()).Should().Equal(note);
        await Files.ForgetBlob(note with { Since = Uploaded }, default);
        (await Loose()).Should().Equal([note], "it was noted again since");
        await Files.ForgetBlob(note, default);
        (await Loose()).Should().BeEmpty();

        await Remove(5);
        (await Loose()).Should().Equal(note with { IsNeeded = false });
    }

    [Fact]
    public async Task A_deleted_room_lets_go_of_its_files()
    {
        await fixture.FoundRoom();
        var file = await Upload(1, "used");
        await PostFiles(file);
        await Upload(1, "unused");
        await fixture.Write(new RemoveRoom(fixture.RoomId, fixture.Ann, null));
        while (await ((IRoomUpkeep)Store).ClearSome(1, StoreFixture.Now, default))
        {
        }
        (await Files.FindFile(file.Attachment.Id, default)).Should().BeNull();
        (await Loose()).Select(blob => blob.Blob).Should().BeEquivalentTo("used", "unused");
    }

    private Task<IReadOnlyList<LooseBlob>> Loose() => Files.LooseBlobs(StoreFixture.Now.AddHours(1), 100, default);

    private Task<Error?> Remove(long seq) => fixture.Write(new RemoveMessage(fixture.Ann, new MessagePlace { RoomId = fixture.RoomId, Seq = seq }));

    private Task<Error?> PostFiles(params StoredFile[] files) => fixture.Write(new PostMessage(fixture.Ann, new SendMessage
    {
        RoomId = fixture.RoomId,
        ClientMessageId = Guid.NewGuid(),
        Text = "",
        AttachmentIds = [.. files.Select(file => file.Attachment.Id)],
    }));

    private async Task<StoredFile> Upload(long bytes, string blob)
    {
        var file = Some(bytes, blob);
        (await Files.AddFile(file, long.MaxValue, default)).Should().BeTrue();
        return file;
    }

    private StoredFile Some(long bytes, string blob) => new()
    {
        Attachment = new Attachment { Id = Guid.NewGuid(), Name = "名 \"1\".png", MediaType = "image/png", Size = bytes, Width = 3, Height = 2, HasThumbnail = true },
        RoomId = fixture.RoomId,
        UploaderId = fixture.Ann.UserId,
        Blob = blob,
        CreatedAt = Uploaded,
    };
}
