using Chat.Bench.Checking;
using Chat.Contracts;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>samples/Bot, started beside a real server.</summary>
public sealed class StreamingBotTests
{
    [Fact]
    public async Task It_answers_word_by_word_whoever_calls_it_also_after_the_server_was_killed()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path);
        await server.StartAsync(CancellationToken.None);
        await using var ann = await Friend.Enter(server.Address, "Ann");
        await using var bot = SampleProgram.Start("Bot", ["--server", server.Address.AbsoluteUri, "--token", await Token(server.Address), "--outbox", folder.File("bot.outbox")]);
        await bot.Writes("Answering whoever calls @Robot.");
        var lengths = new List<int>();
        ann.General.MessageGrew += (_, message) => lengths.Add(message.Text.Length);

        await ann.Say("nobody is called");
        var question = await ann.Say("@Robot how long is this question of mine?");
        var answer = await ann.Sees(message => message.AuthorName == "Robot" && message.Stream is StreamState.Complete);
        answer.Text.Should().StartWith("You said \"how long is this question of mine?\". That is 7 words");
        answer.ReplyToSeq.Should().Be(question.Seq);
        lengths.Should().HaveCountGreaterThan(3, "it grows while it is written").And.BeInAscendingOrder();
        ann.General.Messages.Count(message => message.AuthorName == "Robot").Should().Be(1, "it answers only who calls it");

        // In the middle of an answer.
        var second = await ann.Say("@Robot what do you know about a server that dies while you speak?");
        await ann.Sees(message => message.ReplyToSeq == second.Seq && message.Text.Length > 20);
        await server.KillAsync();
        await server.StartAsync(CancellationToken.None);
        (await ann.Sees(message => message.ReplyToSeq == second.Seq && message.Stream is not StreamState.Open)).Text.Should().EndWith("\"server\".");
        var third = await ann.Say("@Robot dice");
        (await ann.Sees(message => message.ReplyToSeq == third.Seq && message.Stream is StreamState.Complete)).Text.Should().StartWith("I rolled two dice");
        bot.HasExited.Should().BeFalse();
    }

    private static async Task<string> Token(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        var root = await Integrations.BotTests.Ask<SignedIn>(http, HttpMethod.Post, ChatPaths.Accounts, new CreateAccount { Name = "Root", Password = "correct horse" });
        http.DefaultRequestHeaders.Authorization = new("Bearer", root.Result!.AccessToken);
        return (await Integrations.BotTests.Ask<BotToken>(http, HttpMethod.Post, ChatPaths.Bots, new CreateBot { Name = "Robot", Scopes = [BotScope.Read, BotScope.Write] })).Result!.Token;
    }
}
