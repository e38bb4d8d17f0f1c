using Dashboard.Tests.Unit.Architecture;
using YamlDotNet.RepresentationModel;

namespace Dashboard.Tests.Unit.Shipping;

/// <summary>What is shipped for containers holds what the specification asks of it.</summary>
public sealed class ContainerTests
{
    [Fact]
    public void Image_is_built_in_stages_and_runs_without_rights_and_asks_itself_whether_it_is_ready()
    {
        var lines = SourceFile.Read("Dockerfile").ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        var stages = lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, stages.Count);
        Assert.Contains("aspnet:10.0", stages[1], StringComparison.Ordinal);
        Assert.Contains("USER $APP_UID", lines);
        Assert.True(Array.IndexOf(lines, "USER $APP_UID") < Array.FindIndex(lines, line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)));
        Assert.Contains(lines, line =>
            line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)
            && line.EndsWith("""CMD ["dotnet", "Dashboard.dll", "health", "--url", "http://localhost:8001"]""", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_starts_signet_on_a_file_system_that_it_cannot_write_beside_a_redis_that_keeps_everything()
    {
        var services = Yaml.Document("compose.yaml").At("services")!;

        Assert.Equal("true", services.Text("signet.read_only"));
        Assert.Equal(["ALL"], services.Texts("signet.cap_drop"));
        Assert.Equal(["no-new-privileges:true"], services.Texts("signet.security_opt"));
        Assert.All(services.Texts("signet.ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.Equal("service_healthy", services.Text("signet.depends_on.redis.condition"));
        Assert.Null(services.At("redis.ports"));
        Assert.Contains("--appendonly yes", services.Text("redis.command"), StringComparison.Ordinal);
        Assert.Contains("noeviction", services.Text("redis.command"), StringComparison.Ordinal);
        Assert.NotNull(services.At("redis.healthcheck.test"));
    }

    [Fact]
    public void Kubernetes_runs_two_nodes_that_keep_browsers_and_never_go_both_at_once()
    {
        var all = Kubernetes();
        var deployment = all["Deployment"];
        var service = all["Service"];

        Assert.Equal("2", deployment.Text("spec.replicas"));
        Assert.Equal("0", deployment.Text("spec.strategy.rollingUpdate.maxUnavailable"));
        Assert.Equal("ClientIP", service.Text("spec.sessionAffinity"));
        Assert.Equal("cookie", ((YamlMappingNode)all["Ingress"].At("metadata.annotations")!)
            .Children[new YamlScalarNode("nginx.ingress.kubernetes.io/affinity")].ToString());
        Assert.Equal("1", all["PodDisruptionBudget"].Text("spec.minAvailable"));
        var labels = deployment.At("spec.template.metadata.labels")!.ToString();
        Assert.All(
            [deployment.At("spec.selector.matchLabels"), service.At("spec.selector"), all["PodDisruptionBudget"].At("spec.selector.matchLabels")],
            selector => Assert.Equal(labels, selector?.ToString()));
    }

    [Fact]
    public void Kubernetes_gives_signet_no_rights_and_limits_and_asks_whether_it_lives_and_is_ready()
    {
        var pod = Kubernetes()["Deployment"].At("spec.template.spec")!;
        var container = pod.At("containers.0")!;

        Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        Assert.Equal("true", pod.Text("securityContext.runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext.seccompProfile.type"));
        Assert.Equal("false", container.Text("securityContext.allowPrivilegeEscalation"));
        Assert.Equal("true", container.Text("securityContext.readOnlyRootFilesystem"));
        Assert.Equal(["ALL"], container.Texts("securityContext.capabilities.drop"));
        Assert.All((string[])["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"], limit => Assert.NotNull(container.Text($"resources.{limit}")));
        Assert.Equal("/healthz", container.Text("livenessProbe.httpGet.path"));
        Assert.Equal("/readyz", container.Text("readinessProbe.httpGet.path"));
        Assert.NotNull(container.At("startupProbe"));
        Assert.Equal("signet", container.Text("envFrom.0.configMapRef.name"));
        Assert.Equal("signet", container.Text("envFrom.1.secretRef.name"));
        Assert.Equal("http", container.Text("ports.0.name"));
    }

    [Fact]
    public void No_secret_stands_in_a_file_that_is_shipped()
    {
        var settings = Kubernetes()["ConfigMap"].At("data")!.ToString();

        Assert.DoesNotContain("MASTER_KEY", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSWORD", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", Kubernetes().Keys);
    }

    [Theory]
    [InlineData("docs/deploy/traefik.yml")]
    [InlineData("docs/deploy/traefik-signet.yml")]
    [InlineData("docs/deploy/traefik-forward-auth.yml")]
    public void Configuration_of_proxies_can_be_read(string path) => Assert.NotEmpty(Yaml.Documents(path));

    private static Dictionary<string, YamlNode> Kubernetes() => Yaml.Documents("deploy/kubernetes/signet.yaml")
        .Concat(Yaml.Documents("deploy/kubernetes/ingress.yaml"))
        .ToDictionary(document => document.Text("kind")!, StringComparer.Ordinal);
}
