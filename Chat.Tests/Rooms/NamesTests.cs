using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Tests.Rooms;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Ann")]
    [InlineData("李小龙")]
    [InlineData("Жанна д’Арк")]
    [InlineData("👩‍👩‍👧 family")]
    public void A_name_in_any_script_is_fine(string name) => Names.CheckUser(name).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData(" Ann")]
    [InlineData("Ann\n")]
    [InlineData("A\u0000nn")]
    [InlineData("A\u202Enn")]
    [InlineData("A\u200Bnn")]
    [InlineData("A\uD800nn")]
    [InlineData("A\u200Dnn")]
    [InlineData("Ann\uFE0F")]
    [InlineData("Ann\u034F")]
    [InlineData("\u3164")]
    [InlineData("A\u00A0nn")]
    [InlineData("12345678901234567890123456789012345678901")]
    public void A_name_that_deceives_or_does_not_fit_is_invalid(string name) =>
        Names.CheckUser(name).Should().Match<Error>(error => error.Code == ErrorCode.Invalid && error.Message.StartsWith("name:"));

    [Fact]
    public void Two_names_that_differ_in_case_are_one() => Names.Key("ÅNGSTRÖM Ж").Should().Be(Names.Key("ångström ж"));
}
