using Chat.Bench.Checking;
using Chat.Client;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Checking;

public sealed class RestoredBackupTests
{
    [Theory]
    [InlineData("")]
    [InlineData("monday")]
    public async Task Clients_show_what_the_restored_backup_has_told_or_not(string restoredFrom)
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string>();
        await using var server = new ServerProcess(folder.Path, settings);
        await server.StartAsync(default);
        using var http = new HttpClient();
        var signedIn = await new ChatSignIn(http, server.Address).AsGuestAsync("Ann");
        await using var ann = new ChatClient(new ChatClientOptions
        {
            Server = server.Address,
            AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
            LongestBackoff = TimeSpan.FromSeconds(1),
        });
        await ann.StartAsync();
        await ann.SendMessageAsync(FirstRooms.General, "in the backup");

        await server.KillAsync();
        foreach (var name in (string[])["chat.db", "chat.db-wal", "chat.db.posts"]) File.Copy(folder.File(name), folder.File(name + ".backup"));
        await server.StartAsync(default);
        for (var i = 0; i < 5; i++) await ann.SendMessageAsync(FirstRooms.General, "after the backup");

        await server.KillAsync();
        File.Delete(folder.File("chat.db-shm"));
        foreach (var name in (string[])["chat.db", "chat.db-wal", "chat.db.posts"]) File.Move(folder.File(name + ".backup"), folder.File(name), overwrite: true);
        if (restoredFrom.Length > 0) settings["Chat__Store__RestoredFrom"] = restoredFrom;
        await server.StartAsync(default);

        var sent = await ann.SendMessageAsync(FirstRooms.General, "after restoring");
        var general = ann.FindRoom(FirstRooms.General)!;
        await Waiting.Until(() => Task.FromResult(general.Messages.Any(message => message.Id == sent.Id)));
        general.Messages.Select(message => message.Text).Should().Equal("Welcome to general.", "Ann joined.", "in the backup", "after restoring");
        general.Head.Should().Be(sent.Version);
    }
}
