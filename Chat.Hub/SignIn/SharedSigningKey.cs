using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>Nodes that share a store take each other's tokens: their key must be given, and the same for all.</summary>
internal sealed class SharedSigningKey(IOptions<StoreOptions> store) : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options) =>
        store.Value.PostgreSql is null || (options.SigningKey is { } key && SigningKey.IsStrong(key, out _))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Chat:SignIn:SigningKey: must be at least {SigningKey.LeastBytes} random bytes in base64 (openssl rand -base64 48), the same on every node, because Chat:Store:PostgreSql is set.");
}
