using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Dashboard.SignIn;

/// <summary>Sets and clears the cookie of a browser session.</summary>
public sealed class SessionCookie(IAuthenticationSchemeProvider schemes)
{
    public const string Name = "__Host-signet";

    /// <summary>Gives the browser a session that has just begun, whatever cookie it came with.</summary>
    public async Task SetAsync(HttpContext context, StartedSession started)
    {
        // A handler of its own: the request's may remember the id that the browser came with, and would renew that one.
        var handler = (IAuthenticationSignInHandler)(await new AuthenticationHandlerProvider(schemes)
            .GetHandlerAsync(context, Schemes.Session))!;
        await handler.SignInAsync(
            CurrentSession.PrincipalOf(started.Session, started.Session.ProvenAt, started.Session.Ip),
            SessionTicketStore.PropertiesFor(
                started.Secret ?? throw new ArgumentException("No session of a browser.", nameof(started))));
    }

    /// <summary>Takes the cookie away. The session must have been ended before.</summary>
    public static Task ClearAsync(HttpContext context) => context.SignOutAsync(Schemes.Session);

    internal sealed class Settings(ITicketStore store) : IConfigureNamedOptions<CookieAuthenticationOptions>
    {
        public void Configure(string? name, CookieAuthenticationOptions options)
        {
            if (name != Schemes.Session)
            {
                return;
            }

            options.Cookie = new CookieBuilder
            {
                Name = Name,
                Path = "/",
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                SecurePolicy = CookieSecurePolicy.Always,
            };
            options.SessionStore = store;
            options.EventsType = typeof(SessionCookieEvents);
            options.LoginPath = SignInAddress.Path;

            // The row has its own limits; the ticket in the cookie outlives every session.
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = TimeSpan.FromDays(2);
        }

        public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);
    }
}
