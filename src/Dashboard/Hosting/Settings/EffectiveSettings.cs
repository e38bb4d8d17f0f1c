using System.Reflection;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting.Settings;

/// <summary>Every setting that is read, with what is in effect and where that comes from. Never gives a secret away.</summary>
public sealed class EffectiveSettings(
    IEnumerable<SettingGroup> groups, IConfiguration configuration, RegistrationPolicies registration, IServiceProvider services)
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public;

    private static readonly string[] KeptInStore = ["Registration:Mode", "Registration:Scopes"];

    /// <summary>All of them, group by group; those of the store as far as this node knows.</summary>
    public IReadOnlyList<EffectiveSetting> Read()
    {
        // Anew each time: files are read again when they change.
        var sources = new SettingSources(configuration);
        return [.. groups.SelectMany(group => group.Options is null ? Plain(group, sources) : Bound(group, sources)).Select(AsDecided)];
    }

    /// <summary>Where a part of the configuration comes from, such as one entry of a list.</summary>
    public SettingSource SourceOf(string key) => new SettingSources(configuration).Find(key, null);

    /// <summary>The properties of an options class that settings are bound to; others only compute.</summary>
    internal static IEnumerable<PropertyInfo> SettingsOf(Type options) => options.GetProperties(Members).Where(property =>
        property.SetMethod is { IsPublic: true } || IsFilled(property.PropertyType));

    // A list without a setter is filled; a read-only one is computed.
    private static bool IsFilled(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(IList<>) || type.GetGenericTypeDefinition() == typeof(List<>));

    private static EffectiveSetting Of(
        SettingGroup group, SettingText text, string key, string type, string? normal, object? value, SettingSources sources)
    {
        var shown = SettingValues.Show(value, text.Secrecy);

        // What the host wrote for want of a choice, into every part of the configuration, is nobody's choice.
        var source = shown is not null && shown == text.DefaultText ? SettingSource.Default : sources.Find(key, text.Alias);
        return new EffectiveSetting
        {
            Group = group.Title,
            Key = key,
            Description = text.Description,
            Type = type,
            Default = normal,
            Value = source.Kind is SettingSourceKind.Default && text.DefaultText is { } words && shown is null ? words : shown,
            IsSecret = text.Secrecy is SettingSecrecy.Secret,
            Source = source,
            Alias = text.Alias,
        };
    }

    private IEnumerable<EffectiveSetting> Plain(SettingGroup group, SettingSources sources) =>
        group.Settings.Select(text => Of(group, text, text.Member, "text", text.DefaultText, ValueOf(text.Member), sources));

    private object? ValueOf(string key) =>
        configuration.GetSection(key).GetChildren().ToList() is { Count: > 0 } children
            ? children.ToDictionary(child => child.Key, child => child.Value, StringComparer.Ordinal)
            : configuration[key];

    private IEnumerable<EffectiveSetting> Bound(SettingGroup group, SettingSources sources)
    {
        var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(group.Options!));
        var value = options.GetType().GetProperty(nameof(IOptions<object>.Value))!.GetValue(options)!;
        return Bound(group, group.Options!, value, group.Section, group.Settings, sources);
    }

    private static IEnumerable<EffectiveSetting> Bound(
        SettingGroup group, Type type, object value, string? section, IReadOnlyList<SettingText> texts, SettingSources sources)
    {
        var fresh = Activator.CreateInstance(type)!;
        foreach (var property in SettingsOf(type))
        {
            // What nobody described is not shown: it could be anything.
            var text = texts.FirstOrDefault(item => item.Member == property.Name)
                ?? new SettingText(property.Name, "Not described.") { Secrecy = SettingSecrecy.Secret };
            var key = text.Key ?? $"{section}:{property.Name}";
            if (text.Members is { } members && property.GetValue(value) is IReadOnlyList<object> { Count: > 0 } items)
            {
                foreach (var setting in items.SelectMany(
                    (item, number) => Bound(group, item.GetType(), item, $"{key}:{number}", members, sources)))
                {
                    yield return setting;
                }

                continue;
            }

            yield return Of(
                group,
                text,
                key,
                SettingValues.TypeOf(property.PropertyType),
                text.DefaultText ?? SettingValues.Show(property.GetValue(fresh), text.Secrecy),
                property.GetValue(value),
                sources);
        }
    }

    // What an administrator decided in the dashboard holds in place of what is configured.
    private EffectiveSetting AsDecided(EffectiveSetting setting)
    {
        var policy = registration.Current;
        return policy.Version == 0 || !KeptInStore.Contains(setting.Key, StringComparer.Ordinal)
            ? setting
            : setting with
            {
                Value = setting.Key == KeptInStore[0] ? policy.Mode.Name : ScopeText.Join(policy.AllowedScopes),
                Source = SettingSource.Store,
            };
    }
}
