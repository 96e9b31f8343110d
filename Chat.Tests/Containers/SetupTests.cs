using System.Security.Cryptography.X509Certificates;

namespace Chat.Tests.Containers;

public sealed class SetupTests
{
    [Fact]
    public async Task Setup_makes_secrets_of_its_own_and_a_certificate_for_the_host()
    {
        using var one = new Setup();
        using var other = new Setup();
        await one.Run("chat.example");
        await other.Run();
        one.Variables.Values.Should().OnlyContain(secret => secret.Length >= 64).And.NotIntersectWith(other.Variables.Values);
        using var certificate = X509Certificate2.CreateFromPemFile(one.File("certificates/fullchain.pem"), one.File("certificates/privkey.pem"));
        certificate.MatchesHostname("chat.example").Should().BeTrue();
        foreach (var secret in (string[])[".env", "certificates/privkey.pem"])
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(one.File(secret)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Setup_overwrites_nothing()
    {
        using var setup = new Setup();
        await setup.Run();
        string[] files = [".env", "certificates/fullchain.pem", "certificates/privkey.pem"];
        var before = files.Select(file => File.ReadAllText(setup.File(file))).ToList();
        (await setup.Run("other.example")).Should().Contain("left as it is");
        files.Select(file => File.ReadAllText(setup.File(file))).Should().Equal(before);
    }
}
