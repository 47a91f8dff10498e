/** A small file to try: one workload that gets a sidecar, one that refuses it, and an object that has no pod. */
export const EXAMPLE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: greeter
spec:
  replicas: 2
  selector:
    matchLabels:
      app: greeter
  template:
    metadata:
      labels:
        app: greeter
    spec:
      containers:
        - name: greeter
          image: registry.example/greeter:2.3
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
---
apiVersion: v1
kind: Service
metadata:
  name: greeter
spec:
  selector:
    app: greeter
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: batch/v1
kind: Job
metadata:
  name: greeter-migration
spec:
  template:
    metadata:
      labels:
        app: greeter-migration
        sidecar.istio.io/inject: "false"
    spec:
      restartPolicy: Never
      containers:
        - name: migration
          image: registry.example/greeter-migration:2.3
`;
