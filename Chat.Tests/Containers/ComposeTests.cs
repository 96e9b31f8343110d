using System.Reflection;
using System.Text.RegularExpressions;
using Chat.Hub;
using Chat.Hub.Operations;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;

namespace Chat.Tests.Containers;

/// <summary>What can be known of compose.yaml and Dockerfile without an engine to run them.</summary>
public sealed partial class ComposeTests
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["POSTGRES_PASSWORD"] = "p",
        ["REDIS_PASSWORD"] = "r",
        ["CHAT_SIGNING_KEY"] = "s",
    };

    private readonly ComposeFile compose = new(Secrets);

    [Fact]
    public async Task Every_secret_is_required_and_made_by_setup()
    {
        compose.WithoutDefault.Should().OnlyContain(variable => !string.IsNullOrWhiteSpace(variable.Message));
        using var setup = new Setup();
        await setup.Run();
        setup.Variables.Keys.Should().BeEquivalentTo(compose.WithoutDefault.Select(variable => variable.Name).Distinct());
        foreach (var service in compose.Services.Keys)
        {
            foreach (var (key, value) in compose.EnvironmentOf(service).Where(pair => SecretName().IsMatch(pair.Key) || pair.Value.Contains("assword=")))
                Secrets.Values.Should().Contain(secret => value == secret || value.Contains($"assword={secret}"), "{0} of {1} is no default", key, service);
        }
    }

    [Fact]
    public void Every_service_is_watched_bounded_and_may_do_little()
    {
        foreach (var (name, service) in compose.Services)
        {
            service.Keys.Should().Contain(["healthcheck", "mem_limit", "cpus", "pids_limit", "logging", "tmpfs", "stop_grace_period"], name);
            ComposeFile.Map(ComposeFile.Map(service["logging"])["options"]).Keys.Should().Contain(["max-size", "max-file"], name);
            service["read_only"].Should().Be("true", name);
            ((List<object>)service["cap_drop"]).Should().Equal("ALL");
            ((List<object>)service["security_opt"]).Should().Contain("no-new-privileges:true");
            (service.ContainsKey("build") || PinnedImage().IsMatch((string)service["image"])).Should().BeTrue("{0} has a version", name);
        }
    }

    [Fact]
    public void There_are_three_nodes_and_nginx_knows_them_by_their_addresses()
    {
        compose.Nodes.Should().HaveCount(3);
        var listed = File.ReadAllLines(Repository.File("nginx", "chat", "nodes.conf")).Where(line => line.StartsWith("server ", StringComparison.Ordinal));
        listed.Should().Equal(compose.Nodes.Select(node => $"server {node}:{compose.EnvironmentOf(node)["ASPNETCORE_HTTP_PORTS"]} max_fails=1 fail_timeout=2s;"));
        ((List<object>)compose.Services["nginx"]["extra_hosts"]).Should().Equal(compose.Nodes.Select(node => $"{node}:{compose.AddressOf(node)}"));
        compose.Nodes.Select(compose.AddressOf).Should().OnlyHaveUniqueItems();
        compose.Nodes.Should().OnlyContain(node => compose.EnvironmentOf(node)["Chat__Proxies"] == compose.AddressOf("nginx"));
    }

    [Fact]
    public void Every_setting_of_a_node_is_one_that_Chat_has()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddChat();
        var known = builder.Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<IKeyed>().ToList();
        foreach (var key in compose.EnvironmentOf("chat1").Keys.Where(key => key.StartsWith("Chat__", StringComparison.Ordinal)))
            IsKnown(key).Should().BeTrue("{0} is set", key);
        IsKnown("Chat__Store__Postgres").Should().BeFalse();

        bool IsKnown(string key) => known.Any(options => options.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Any(property => $"{options.Section}:{property.Name}" == key.Replace("__", ":")));
    }

    [Fact]
    public void A_node_has_longer_to_stop_than_it_drains()
    {
        var seconds = int.Parse(((string)compose.Services["chat1"]["stop_grace_period"]).TrimEnd('s'));
        seconds.Should().BeGreaterThanOrEqualTo(int.Parse(compose.EnvironmentOf("chat1")["Chat__Draining__GraceSeconds"]) + 10);
    }

    [Fact]
    public async Task nginx_gets_every_file_and_every_variable_that_it_needs()
    {
        using var setup = new Setup();
        await setup.Run();
        foreach (var mount in ((List<object>)compose.Services["nginx"]["volumes"]).Select(volume => ((string)volume).Split(':')))
        {
            mount.Should().HaveCount(3).And.EndWith("ro");
            var place = mount[0].StartsWith("./certificates", StringComparison.Ordinal) ? setup.File(mount[0]) : Repository.File(mount[0]);
            (File.Exists(place) || Directory.Exists(place)).Should().BeTrue("{0} exists", mount[0]);
        }
        var template = File.ReadAllText(Repository.File("nginx", "templates", "chat.conf.template"));
        TemplateVariable().Matches(template).Select(match => match.Groups[1].Value).Distinct()
            .Should().BeEquivalentTo(compose.EnvironmentOf("nginx").Keys.Where(name => name.StartsWith("CHAT_", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_Dockerfile_has_pinned_images_what_it_copies_exists_and_nobody_is_root()
    {
        var lines = File.ReadAllLines(Repository.File("Dockerfile"));
        lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyContain(line => PinnedImage().IsMatch(line.Split(' ')[1]));
        foreach (var source in lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from")).SelectMany(line => line.Split(' ')[1..^1]))
            (File.Exists(Repository.File(source)) || Directory.Exists(Repository.File(source))).Should().BeTrue("{0} exists", source);
        lines.Should().Contain("USER $APP_UID");
        lines.Should().ContainSingle(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal)).Which.Should().Contain("""CMD ["dotnet", "Chat.Hub.dll", "health"]""");
    }

    [GeneratedRegex("PASSWORD|KEY$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^[\w./-]+:\d[\w.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex TemplateVariable();
}
