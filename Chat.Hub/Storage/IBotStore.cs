using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>Programs that sign in by a token.</summary>
internal interface IBotStore
{
    /// <summary>Adds a bot for a user that is there, or gives it another token and scopes.</summary>
    Task PutBot(StoredBot bot, CancellationToken cancellation);

    Task<StoredBot?> FindBot(Guid userId, CancellationToken cancellation);

    /// <summary>All, by name.</summary>
    Task<IReadOnlyList<StoredBot>> ListBots(CancellationToken cancellation);

    /// <summary>Its user stays, for the messages it wrote. False when there is none.</summary>
    Task<bool> DeleteBot(Guid userId, CancellationToken cancellation);
}

/// <summary>A bot, and what its token is checked by.</summary>
internal sealed record StoredBot(Bot Bot, Guid TokenId, byte[] TokenHash);
