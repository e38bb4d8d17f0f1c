using System.Net;
using Dashboard.Hosting.Telemetry;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>Everything between the socket and the features.</summary>
internal static class HostingServices
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HostingOptions>, HostingOptionsRules>();
        services.AddEffectiveSettings();
        services.AddSingleton<OwnOrigins>();
        services.AddSingleton<OwnHosts>();
        services.AddSingleton<OtherMethods>();
        services.AddSingleton<MatcherPolicy, PageOrApi>();
        services.AddSingleton<Creations>();
        services.AddSingleton<BudgetRefusals>();
        services.AddSingleton<DeviceCookie>();
        services.AddLimits().AddProblems().AddForwardedHeaders().AddDataProtectionKeys().AddHealth().AddTelemetry();
        services.AddAntiforgery(Configure);
        services.AddPublicCors();
        services.AddSingleton<IBearerCheck, CoreBearerCheck>();
        services.AddAuthentication(Schemes.Either).AddBearer();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddAuthorizationBuilder().AddAccessRules();
        services.AddValidation();
        return services.ConfigureHttpJsonOptions(options => Json.Apply(options.SerializerOptions));
    }

    /// <summary>
    /// The pipeline, outermost first. Call before endpoints are mapped. Where the dashboard is mapped,
    /// AddInteractiveServerRenderMode needs <c>ContentSecurityFrameAncestorsPolicy = "'none'"</c>; the policy of
    /// <see cref="ContentSecurity"/> replaces that header in any case.
    /// </summary>
    public static WebApplication UseHosting(this WebApplication app)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<RequestSpans>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseForwardedHeaders();
        app.Use(NameSchemeAsync);
        app.UseMiddleware<StatusAnswers>();
        app.UseExceptionHandler();
        app.UseMiddleware<AskedTargets>();
        app.UseMiddleware<RequestRules>();
        app.UseMiddleware<HubRules>();
        app.UseMiddleware<HeadRequests>();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<Budgets>();
        app.UseMiddleware<BodyLimits>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<RequestParameters>();
        app.UseAntiforgery();
        app.MapHealth();
        return app;
    }

    private static void Configure(AntiforgeryOptions options)
    {
        options.Cookie.Name = "signet_antiforgery";
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        // SecurityHeaders says it, and stricter.
        options.SuppressXFrameOptionsHeader = true;
    }

    private static IServiceCollection AddLimits(this IServiceCollection services) => services
        .Configure<HostOptions>(options => options.ShutdownTimeout = Limits.Shutdown)
        .Configure<KestrelServerOptions>(Limits.Apply)

        // The framework's own host filter stands outside of the pipeline and answers with HTML: RequestRules does its work.
        .Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"])
        .Configure<FormOptions>(Limits.Apply);

    private static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsService, FrameworkProblems>();
        services.AddExceptionHandler<ProblemExceptionHandler>();

        // Binding failures as exceptions: otherwise they are empty answers that name nothing.
        return services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    // Traefik calls the scheme of a WebSocket by its own name; it is as safe as that of the page that opened it.
    private static Task NameSchemeAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.Scheme = context.Request.Scheme switch
        {
            "wss" => Uri.UriSchemeHttps,
            "ws" => Uri.UriSchemeHttp,
            var scheme => scheme,
        };
        return next(context);
    }

    // After everybody else's settings, so that no environment variable widens whom we believe.
    private static IServiceCollection AddForwardedHeaders(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<HostingOptions>>((options, hosting) =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in hosting.Value.KnownProxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    options.KnownProxies.Add(address);
                }
                else
                {
                    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }

            // Never X-Forwarded-Host: forward-auth proxies send the host they protect in it, which is not ours.
            options.ForwardedHeaders = hosting.Value.KnownProxies is []
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // No fixed number of hops: each must be known.
            options.ForwardLimit = null;
        });
        return services;
    }
}
