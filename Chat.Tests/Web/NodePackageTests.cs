using System.Text.Json;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Web;

/// <summary>The TypeScript client as others get it: packed, and installed where nothing else is.</summary>
public sealed class NodePackageTests
{
    private const string Program = """
        import { ChatClient, indexedDbOutbox, RenewedToken, signInAsGuest, type ConnectionState, type Outgoing } from '@chat/client';
        import * as bundle from '@chat/client/bundle';

        const [server, roomId] = process.argv.slice(2) as [string, string];
        const token = new RenewedToken(server, await signInAsGuest(server, { name: 'Packed' }));
        // IndexedDB is not here: it goes on in memory, and says so.
        const client = new ChatClient({ server, accessToken: (refused) => token.get(refused), protocol: 'messagepack', outbox: indexedDbOutbox() });
        client.on('message', ({ message }) => {
          console.log(`${message.authorName}: ${message.text}, kept: ${client.isOutboxKept}, alike: ${Object.keys(bundle).length > 20}`);
          void client.stop().then(() => process.exit());
        });
        const written: Outgoing = client.send(roomId, 'out of the box');
        client.on('state', (state: ConnectionState) => console.log(state.name, written.status));
        client.start();
        declare const process: { readonly argv: readonly string[]; exit(): void };
        """;

    [Fact]
    public async Task A_Node_program_chats_with_the_packed_client()
    {
        using var folder = new TemporaryFolder();
        var web = Repository.File("Chat.Web");
        await Programs.Run("npm", web, ["pack", "--ignore-scripts", "--workspace", "client", "--pack-destination", folder.Path]);
        // What it depends on comes from the workspace: a test needs no network.
        string Linked(string name) => $"file:{Path.Combine(web, "node_modules", name)}";
        await File.WriteAllTextAsync(folder.File("package.json"), JsonSerializer.Serialize(new
        {
            @private = true,
            type = "module",
            dependencies = new Dictionary<string, string>
            {
                ["@chat/client"] = $"file:{Directory.GetFiles(folder.Path, "*.tgz").Single()}",
                ["@microsoft/signalr"] = Linked("@microsoft/signalr"),
                ["@microsoft/signalr-protocol-msgpack"] = Linked("@microsoft/signalr-protocol-msgpack"),
            },
        }));
        await Programs.Run("npm", folder.Path, ["install", "--offline", "--no-audit", "--no-fund"]);
        foreach (var file in (string[])["README.md", "LICENSE", "dist/index.d.ts", "dist/bundle.js"])
            File.Exists(folder.File(Path.Combine("node_modules/@chat/client", file))).Should().BeTrue($"{file} is in the package");

        await File.WriteAllTextAsync(folder.File("program.mts"), Program);
        await Programs.Run("node", folder.Path, [Path.Combine(web, "node_modules/typescript/bin/tsc"), "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "program.mts"]);
        await using var server = await ChatServer.Start();
        var output = await Programs.Run("node", folder.Path, ["program.mjs", server.Address.AbsoluteUri, FirstRooms.General.ToString()]);

        output.Should().Contain("connected").And.Contain("Packed: out of the box, kept: false, alike: true");
    }
}
