using Chat.Contracts;

namespace Chat.Hub.Hubs;

/// <summary>The last words before a connection is closed, one for each code.</summary>
internal static class Closings
{
    public static Closing Of(CloseCode code) => code switch
    {
        CloseCode.MalformedFrame => Say(code, ReconnectAdvice.Later, "A frame could not be read."),
        CloseCode.FrameTooLarge => Say(code, ReconnectAdvice.Later, "A frame was larger than the limit."),
        CloseCode.UnsupportedVersion => Say(code, ReconnectAdvice.Never, "This client and this server do not fit together: update the older one."),
        CloseCode.SignInExpired => Say(code, ReconnectAdvice.AfterSignIn, "Sign in again."),
        CloseCode.SessionRevoked => Say(code, ReconnectAdvice.AfterSignIn, "You were signed out."),
        CloseCode.Banned => Say(code, ReconnectAdvice.Never, "You are banned from this server."),
        CloseCode.TooSlow => Say(code, ReconnectAdvice.Later, "Too much was waiting to be read."),
        CloseCode.Draining => Say(code, ReconnectAdvice.Elsewhere, "This node stops."),
        _ => Say(CloseCode.Unknown, ReconnectAdvice.Later, "The connection is closed."),
    };

    private static Closing Say(CloseCode code, ReconnectAdvice reconnect, string message) =>
        new() { Code = code, Reconnect = reconnect, Message = message };
}
