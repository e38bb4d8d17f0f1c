using Dashboard.Core.Operators.Passwords;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace Dashboard.SignIn;

internal static class SignInServices
{
    /// <summary>Registers the browser's scheme and everything its pages and circuits need.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        services.AddHostedService<LoginWarmUp>();
        services.AddSingleton<ITicketStore, SessionTicketStore>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie.Settings>();
        services.AddScoped<SessionCookieEvents>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<BrowserLogin>();
        services.AddSingleton<PasswordChange>();
        services.AddSingleton<PageTickets>();
        services.AddAuthentication().AddCookie(Schemes.Session);
        services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie = new SecureCookieBuilder
            {
                Name = "__Host-signet-form",
                Path = "/",
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Strict,
                SecurePolicy = CookieSecurePolicy.None,
            };

            // The content security policy says it better (frame-ancestors).
            options.SuppressXFrameOptionsHeader = true;
        });
        return services.AddCircuits();
    }

    /// <summary>The rules of sessions. Call after <c>UseHosting</c>, which authenticates, before endpoints are mapped.</summary>
    public static WebApplication UseSignIn(this WebApplication app)
    {
        app.UseMiddleware<SessionRules>();
        app.UseMiddleware<CircuitRules>();
        app.UseMiddleware<PageProof>();
        return app;
    }

    private static IServiceCollection AddCircuits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CircuitLimitOptions, CircuitLimitOptionsValidator>()
            .BindConfiguration(CircuitLimitOptions.Section);
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CircuitConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        services.AddScoped<CircuitSession>();
        services.AddScoped<BrowserProof>();
        services.AddScoped<CircuitTickets>();
        return services;
    }
}
