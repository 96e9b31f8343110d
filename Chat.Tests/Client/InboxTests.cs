using System.Reflection;
using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Tests.Client;

public sealed class InboxTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Events => [.. typeof(IChatClient).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Every_event_of_the_contract_reaches_its_own_method(string name)
    {
        await using var server = new PipeServer();
        await using var connection = server.Connection();
        var heard = DispatchProxy.Create<IChatClient, Ear>();
        Inbox.Register(connection, heard);

        await connection.StartAsync().WaitAsync(Limit);
        await server.SendAsync($$"""{"type":1,"target":"{{name}}","arguments":[null]}""");

        (await ((Ear)(object)heard).Heard.Task.WaitAsync(Limit)).Should().Be(name);
    }

    // DispatchProxy derives from it.
    public class Ear : DispatchProxy
    {
        public TaskCompletionSource<string> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Heard.TrySetResult(targetMethod!.Name);
            return Task.CompletedTask;
        }
    }
}
