using System.Net;
using Chat.Bench.Servers;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Hubs;

public sealed class PostgreSqlStartTests
{
    [Fact]
    public async Task A_node_on_PostgreSQL_lets_people_in_and_writes_nothing_to_its_own_disk()
    {
        using var folder = new TemporaryFolder();
        var database = await PostgreSqlForTests.NewDatabase();
        await using var server = await ChatServer.StartOnPostgreSql(folder, database);
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        var sent = await ann.Send(FirstRooms.General, "hello");
        (await bob.Hears<Message>(message => message.Text == "hello")).Should().BeEquivalentTo(sent);
        // The folder for attachments, which nodes share; nothing is in it.
        Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should().BeEquivalentTo("attachments", "incoming");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64")]
    public async Task A_missing_or_weak_signing_key_is_an_error_that_names_it(string? key)
    {
        using var folder = new TemporaryFolder();
        var database = await PostgreSqlForTests.NewDatabase();
        var start = () => ChatServer.StartOn(folder, [("Chat:Store:PostgreSql", database), .. key is null ? [] : new[] { ("Chat:SignIn:SigningKey", key) }]);
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Chat:SignIn:SigningKey*");
    }

    [Fact]
    public async Task A_start_waits_for_PostgreSQL_to_come_up()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = PostgreSqlForTests.Prepare();
        var starting = ChatServer.StartOnPostgreSql(folder, postgres.Server.Connection());
        await postgres.Server.StartAsync();
        await using var server = await starting;
        server.Logs.At(Microsoft.Extensions.Logging.LogLevel.Warning).Should().Contain(line => line.Contains("is not there yet"));
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_node_that_nobody_writes_to_finds_out_that_PostgreSQL_went_and_came_back()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = await PostgreSqlForTests.Start();
        await using var server = await ChatServer.StartOnPostgreSql(folder, postgres.Server.Connection());
        using var http = new HttpClient { BaseAddress = server.Address };
        // The rooms of a first start are the last that is written.
        await using (var ann = await server.Enter("Ann"))
            await Waiting.Until(async () => (await ann.Call<Reply<RoomPage>>("ListRooms", new ListRooms())).Result?.Rooms.Count is 2);
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        await postgres.Server.StopAsync();
        await Waiting.Until(async () => (await http.GetAsync("/health/ready")).StatusCode is HttpStatusCode.ServiceUnavailable);
        await postgres.Server.StartAsync();
        await Waiting.Until(async () => (await http.GetAsync("/health/ready")).StatusCode is HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_start_in_vain_says_where_and_never_the_password()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.Free();
        var start = () => ChatServer.StartOnPostgreSql(folder, $"Host=127.0.0.1;Port={port};Username=chat;Password=geheim;Database=talk", ("Chat:Store:StartSeconds", "2"));
        var thrown = (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage($"*127.0.0.1:{port}, database talk*Chat:Store:PostgreSql*").Which;
        $"{thrown}".Should().NotContain("geheim");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database=chat")]
    [InlineData("geheim")]
    [InlineData("Host=db;Pord=geheim")]
    public async Task A_connection_string_that_is_none_is_an_error_that_names_it(string connection)
    {
        using var folder = new TemporaryFolder();
        var start = () => ChatServer.StartOnPostgreSql(folder, connection);
        var thrown = (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Chat:Store:PostgreSql*").Which;
        $"{thrown}".Should().NotContain("geheim");
    }
}
