# Builds Signet and runs it as a user without rights, on a file system it cannot change but for /data.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Dashboard --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN install --directory --owner="$APP_UID" --mode=0700 /data
USER $APP_UID
VOLUME /data
ENV ASPNETCORE_URLS=http://+:8001 \
    DOTNET_EnableDiagnostics=0 \
    Signet__DataFolder=/data
EXPOSE 8001
# The image has no curl: the program asks itself. Exit code 0 where it is ready.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["dotnet", "Dashboard.dll", "health", "--url", "http://localhost:8001"]
ENTRYPOINT ["dotnet", "Dashboard.dll"]
