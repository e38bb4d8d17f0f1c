using System.Globalization;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Dashboard.SignIn.Account;
using Dashboard.SignIn.Proofs;
using Dashboard.SignIn.SecondFactors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
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
        services.AddScoped<BrowserLogin>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<ShownFactors>();
        services.AddScoped<PersonProof>();
        services.AddSingleton<PendingLogins>();
        services.AddSingleton<FactorRules>();
        services.AddSingleton<PageTickets>();
        services.AddSingleton<IFormProofs, FormProofs>();
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
        return services.AddPasskeys().AddCircuits();
    }

    /// <summary>The rules of sessions. Call after <c>UseHosting</c>, which authenticates, before endpoints are mapped.</summary>
    public static WebApplication UseSignIn(this WebApplication app)
    {
        app.UseMiddleware<SessionRules>();
        app.UseMiddleware<CircuitRules>();
        app.UseMiddleware<PageProof>();
        return app;
    }

    private static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<OperatorAccount>();
        services.AddScoped<IUserStore<OperatorAccount>, OperatorUserStore>();
        services.AddScoped<IPasskeyHandler<OperatorAccount>, PasskeyHandler<OperatorAccount>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<OwnOrigins>((options, origins) =>
        {
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
            options.ValidateOrigin = asked =>
                ValueTask.FromResult(!asked.CrossOrigin && origins.IsOwn(asked.HttpContext.Request, asked.Origin));
        });
        services.AddSingleton<PasskeyStates>();
        services.AddScoped<Passkeys>();
        return services;
    }

    private static IServiceCollection AddCircuits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CircuitLimitOptions, CircuitLimitOptionsValidator>()
            .BindConfiguration(CircuitLimitOptions.Section);
        services.AddSingleton(CircuitLimitOptions.Settings);
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton(provider => new NodeFact(
            "open_pages",
            "Open pages",
            () => provider.GetRequiredService<OpenCircuits>().Count.ToString("N0", CultureInfo.InvariantCulture)));
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CircuitConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        services.AddScoped<CircuitSession>();
        services.AddScoped<ICircuitOperator>(provider => provider.GetRequiredService<CircuitSession>());
        services.AddScoped<BrowserProof>();
        services.AddScoped<CircuitTickets>();
        return services;
    }
}
